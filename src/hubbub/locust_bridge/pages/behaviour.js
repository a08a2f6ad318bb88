// Draws what /hubbub/state tells, every two seconds. Text goes in as text, never as markup.
"use strict";
const CHARTS = [
  ["recall", "Escalation recall", "share"],
  ["precision", "Escalation precision", "share"],
  ["success", "Success, of what can be resolved", "share"],
  ["abandonment", "Abandonment", "share"],
  ["first_text_p95_s", "First text, 95th percentile", "seconds"],
  ["turns_per_s", "Turns per second", "rate"],
];
const WIDTH = 400, HEIGHT = 150, LEFT = 34, BOTTOM = 18, TOP = 8, RIGHT = 34;
const SVG = "http://www.w3.org/2000/svg";
const at = (id) => document.getElementById(id);

function made(name, text, kind) {
  const element = document.createElement(name);
  element.textContent = text;
  if (kind) element.className = kind;
  return element;
}

function drawn(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

function shown(value, unit) {
  if (value === null || value === undefined) return "–";
  if (unit === "share") return (value * 100).toFixed(1) + " %";
  return unit === "seconds" ? value.toFixed(3) + " s" : value.toFixed(1) + " /s";
}

function path(frames, key, top, last) {
  let text = "", pen = "M";
  for (const frame of frames) {
    if (frame[key] === null) { pen = "M"; continue; }
    const x = LEFT + (WIDTH - LEFT - RIGHT) * frame.at_s / last;
    const y = HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * Math.min(1, frame[key] / top);
    text += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
    pen = "L";
  }
  return text;
}

function chart(frames, key, title, unit) {
  const figure = document.createElement("figure");
  const caption = made("figcaption", title);
  const newest = frames.length ? frames[frames.length - 1][key] : null;
  caption.append(made("span", shown(newest, unit), "now"));
  const most = (name) => Math.max(1e-9, ...frames.map((frame) => frame[name] ?? 0));
  const top = unit === "share" ? 1 : most(key) * 1.1, offered = most("offered_per_s") * 1.1;
  const last = frames.length ? frames[frames.length - 1].at_s : 1;
  const svg = drawn("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": title });
  const floor = HEIGHT - BOTTOM, right = WIDTH - RIGHT;
  svg.append(
    drawn("path", { class: "axis", d: `M${LEFT} ${TOP}V${floor}H${right}V${TOP}`, fill: "none" }),
    drawn("path", { class: "offered", d: path(frames, "offered_per_s", offered, last) }),
    drawn("path", { class: "line", d: path(frames, key, top, last) }),
    drawn("text", { x: 2, y: TOP + 8 }, unit === "share" ? "100 %" : top.toPrecision(2)),
    drawn("text", { x: right + 3, y: TOP + 8 }, offered.toPrecision(2) + "/s"),
    drawn("text", { x: LEFT, y: HEIGHT - 4 }, "0 s"),
    drawn("text", { x: right, y: HEIGHT - 4, "text-anchor": "end" }, last.toFixed(0) + " s; dashed: offered load"),
  );
  figure.append(caption, svg);
  return figure;
}

async function open(number) {
  const answer = await fetch(`stories/${number}`);
  if (!answer.ok) return;
  const story = await answer.json();
  at("who").textContent = `Conversation ${story.number}: ${story.persona}, ${story.ending}`;
  at("found").replaceChildren(...story.findings.map(([check, turn, why]) => made("li", `${check}, turn ${turn}: ${why}`)));
  at("lines").replaceChildren(...story.lines.map((line) => {
    const item = document.createElement("li");
    for (const text of line.customer) item.append(made("p", text, "customer"));
    if (line.agent) item.append(made("p", line.agent, "agent"));
    item.append(made("p", `${line.at_s.toFixed(1)} s; ${line.outcome}; waited ${line.waited_s.toFixed(2)} s`, "margin"));
    return item;
  }));
  at("transcript").showModal();
}

function entry(story, told) {
  const button = made("button", told);
  button.type = "button";
  button.addEventListener("click", () => open(story.number));
  const item = document.createElement("li");
  item.append(button);
  return item;
}

// What is still told stays where it is, with the focus on it; and nothing moves under a finger that presses.
function list(stories) {
  const place = at("stories");
  if (place.matches(":active")) return;
  at("none").hidden = stories.length > 0;
  const there = new Map([...place.children].map((item) => [item.textContent, item]));
  const wanted = stories.map((story) => {
    const told = `${story.checks.join(", ")} · ${story.persona} · ${story.ending} · conversation ${story.number}`;
    return there.get(told) ?? entry(story, told);
  });
  const kept = new Set(wanted);
  for (const item of there.values()) if (!kept.has(item)) item.remove();
  wanted.forEach((item, index) => {
    if (place.children[index] !== item) place.insertBefore(item, place.children[index] ?? null);
  });
}

function show(state) {
  if (!state.run) { at("run").textContent = state.busy ? "A run is about to begin." : state.problem || "No run yet."; return; }
  const lost = state.lost.length ? ` Lost: ${state.lost.join("; ")}.` : "";
  at("run").textContent = `${state.run}: ${state.open} open, ${state.ended} ended, ${state.turns} turns. ${state.verdict || state.problem || "Under way."}${lost}`;
  at("charts").replaceChildren(...CHARTS.map(([key, title, unit]) => chart(state.frames, key, title, unit)));
  at("rate").placeholder = state.rate ?? "";
  at("mix").placeholder = state.mix;
  list(state.stories);
}

async function look() {
  try {
    const answer = await fetch("state");
    if (answer.ok) show(await answer.json());
  } catch {
    at("run").textContent = "Locust does not answer any more.";
  }
  setTimeout(look, 2000);
}

at("load").addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await fetch("load", { method: "POST", body: new URLSearchParams(new FormData(event.target)) });
  at("load-told").textContent = answer.ok ? (await answer.json()).message : await answer.text();
});
look();
