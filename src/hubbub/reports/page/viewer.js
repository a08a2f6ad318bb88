// The conversations: a list to choose from, and one to read. All text goes in as text, never as mark-up.
const lines = document.getElementById("transcripts").textContent.split("\n");
const entries = data.conversations;
const at = new Map(entries.map((entry, index) => [entry.number, index]));
const list = document.getElementById("list");
const reader = document.getElementById("reader");
const search = document.getElementById("search");
const pick = document.getElementById("pick");
let visible = [];

function make(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

const seconds = (value) => (value < 10 ? value.toFixed(2) : value.toFixed(1)) + " s";
const words = (name) => name.replaceAll("_", " ");

function options() {
  const classes = [...new Set(entries.flatMap((entry) => entry.classes))].sort();
  const endings = [...new Set(entries.map((entry) => entry.ending))].sort();
  const choice = (value, text) => Object.assign(make("option", "", text), { value });
  pick.append(choice("", "all that are in this page"), choice("any", "with a finding or a failed turn"));
  for (const name of classes) pick.append(choice("class:" + name, name));
  for (const name of endings) pick.append(choice("ending:" + name, "ended: " + words(name)));
}

function wanted(entry) {
  const choice = pick.value;
  if (choice === "any" && !entry.classes.length) return false;
  if (choice.startsWith("class:") && !entry.classes.includes(choice.slice(6))) return false;
  if (choice.startsWith("ending:") && entry.ending !== choice.slice(7)) return false;
  const text = search.value.trim().toLowerCase();
  return !text || [entry.number, entry.persona, entry.ending, ...entry.classes].join(" ").toLowerCase().includes(text);
}

function refresh() {
  visible = entries.filter(wanted);
  list.replaceChildren(
    ...visible.map((entry) => {
      const link = make("a", "", make("span", "", `${entry.number} · ${entry.persona}`));
      link.href = "#c-" + entry.number;
      link.append(make("span", "of", `${words(entry.ending)}, ${entry.turns} turns`));
      if (entry.classes.length) link.append(make("span", "of bad", entry.classes.join(", ")));
      return make("li", "", link);
    }),
  );
  document.getElementById("found").textContent = `${visible.length} of ${entries.length}`;
}

function bubble(kind, text) {
  const made = make("p", "says " + kind, text);
  made.dir = "auto";
  return made;
}

function made(turn) {
  const chips = (turn.acts || []).map((act) => make("span", "chip", words(act)));
  for (const slot of turn.asked || []) chips.push(make("span", "chip", "asked for " + words(slot)));
  for (const signal of turn.signals || []) chips.push(make("span", "chip", "hand-off " + signal));
  for (const tool of turn.tools || []) chips.push(make("span", "chip", "tool " + tool));
  for (const claim of turn.claims || []) chips.push(make("span", "chip", claim));
  if (chips.length) chips.unshift("heard:");
  const meter = Object.assign(document.createElement("meter"), { min: 0, max: 1, value: Math.min(1, turn.frustration || 0) });
  meter.setAttribute("aria-label", "frustration");
  return make("div", "made", ...chips, "frustration", meter, String(turn.frustration || 0));
}

function turnOf(turn, findings) {
  const waits = [];
  if (turn.first_text_s !== undefined) waits.push("first text " + seconds(turn.first_text_s));
  if (turn.over_s !== undefined) waits.push((turn.outcome ? "over " : "whole ") + seconds(turn.over_s));
  const when = `${words(turn.act)} · due at ${seconds(turn.due_s)}` + (turn.late_s > 0.01 ? `, sent ${seconds(turn.late_s)} late` : "");
  const parts = [make("div", "who", make("span", "", `${turn.turn}. customer: ${when}${turn.overlap ? " · sent while waiting" : ""}`))];
  for (const text of turn.texts) parts.push(bubble("customer", text));
  parts.push(make("div", "who", make("span", "", ""), make("span", "", "agent: " + (waits.join(" · ") || "nothing came"))));
  if (turn.reply) parts.push(bubble("agent", turn.reply));
  if (turn.outcome) parts.push(bubble("missing", turn.outcome + (turn.detail ? ": " + turn.detail : "")));
  parts.push(made(turn));
  for (const finding of findings) parts.push(found(finding));
  return make("li", "", ...parts);
}

const found = (finding) =>
  make("p", "finding " + finding.verdict, make("b", "", finding.check), ` ${finding.verdict}, turn ${finding.turn}: ${finding.reason}`);

function fact(name, value) {
  return value ? make("li", "", name + " ", make("b", "", value)) : null;
}

function step(entry, text) {
  if (!entry) return make("span", "");
  const link = make("a", "", text);
  link.href = "#c-" + entry.number;
  return link;
}

function read(number) {
  const index = at.get(number);
  list.querySelectorAll("[aria-current]").forEach((link) => link.removeAttribute("aria-current"));
  if (index === undefined) {
    reader.replaceChildren(make("p", "note", `Conversation ${number} is not in this page; the journal has it: hubbub replay RUN ${number}`));
    return;
  }
  const one = JSON.parse(lines[index]);
  const findings = one.findings || [];
  const seen = new Set(one.turns.map((turn) => turn.turn));
  const facts = make(
    "ul",
    "facts",
    fact("ended", words(one.ending)),
    fact("because", one.reason),
    fact("stage", one.stage),
    fact("due at", seconds(one.due_s)),
    fact("lasted", seconds(one.lasted_s)),
    fact("a human", one.expected && words(one.expected)),
    fact("trigger", one.trigger && words(one.trigger)),
    fact("hand-off", one.escalated || "none"),
  );
  const turns = one.turns.map((turn) => turnOf(turn, findings.filter((finding) => finding.turn === turn.turn)));
  const place = visible.findIndex((entry) => entry.number === number);
  const steps = make("div", "steps", step(place > 0 && visible[place - 1], "← previous"), step(place >= 0 && visible[place + 1], "next →"));
  const rest = findings.filter((finding) => !seen.has(finding.turn)).map(found);
  reader.replaceChildren(make("h3", "", `Conversation ${number}: ${one.persona}`), facts, ...rest, make("ol", "turns", ...turns), steps);
  const link = list.querySelector(`a[href="#c-${number}"]`);
  if (link) {
    link.setAttribute("aria-current", "true");
    list.scrollTop = link.offsetTop - list.offsetTop - 80;
  }
}

function follow() {
  const named = /^#c-(\d+)$/.exec(location.hash);
  if (!named) return;
  read(Number(named[1]));
  reader.scrollIntoView({ block: "start" });
  reader.focus({ preventScroll: true });
}

if (entries.length) {
  document.getElementById("viewer").hidden = false;
  options();
  refresh();
  search.addEventListener("input", refresh);
  pick.addEventListener("change", refresh);
  addEventListener("hashchange", follow);
  const first = entries.find((entry) => entry.classes.length) || entries[0];
  read(first.number);
  follow();
}
