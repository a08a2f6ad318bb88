"""Language packs: one folder each, of phrases and tables in YAML. Data only."""
