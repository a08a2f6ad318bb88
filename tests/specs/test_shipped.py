"""Where shipped files are."""

from hubbub.specs.shipped import demo_workload, shipped_dir


def test_a_checkout_has_its_files_at_the_top():
    assert (shipped_dir("schema") / "persona.schema.json").is_file()
    assert shipped_dir("personas").parent == shipped_dir("workloads").parent


def test_the_demo_is_a_shipped_workload():
    assert demo_workload().parent == shipped_dir("workloads")
