"use strict";
// Charts are drawn one at a time, when they come near the screen, so that the page is never busy for long.
const data = JSON.parse(document.getElementById("data").textContent);
const root = document.documentElement;
const waiting = new Set();
const drawn = new Set();
const ON_PAPER = 0.78; // of a chart's height: columns are narrower there, and pages short
let drawing = false;

const dark = matchMedia("(prefers-color-scheme: dark)");

function palette() {
  const seen = getComputedStyle(root);
  return (name) => seen.getPropertyValue("--" + name.slice(1)).trim();
}

// A copy in which every "$name" is that colour of the style sheet.
function coloured(value, colour) {
  if (typeof value === "string") return /^\$[a-z0-9]+$/.test(value) ? colour(value) : value;
  if (Array.isArray(value)) return typeof value[0] === "number" ? value : value.map((one) => coloured(one, colour));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, coloured(one, colour)]));
}

function layoutOf(layout, colour) {
  const axis = { gridcolor: colour("$grid"), zerolinecolor: colour("$line"), linecolor: colour("$line"), automargin: true, fixedrange: true };
  const own = coloured(layout, colour);
  const axes = {};
  for (const name of new Set(["xaxis", "yaxis", ...Object.keys(own).filter((key) => /^[xy]axis/.test(key))])) {
    axes[name] = { ...axis, ...own[name] };
    if (axes[name].title) axes[name].title.font = { size: 12, color: colour("$dim") };
    if (name === "xaxis") axes[name].fixedrange = false;
  }
  const clear = "rgba(0,0,0,0)";
  const font = { family: "system-ui, sans-serif", size: 12, color: colour("$ink") };
  const hoverlabel = { bgcolor: colour("$panel"), bordercolor: colour("$line"), font: { color: colour("$ink") } };
  return { paper_bgcolor: clear, plot_bgcolor: clear, font, hoverlabel, autosize: true, dragmode: "zoom", ...own, ...axes };
}

function draw(place) {
  const chart = data.charts[place.dataset.chart];
  if (!chart) return;
  const colour = palette();
  const layout = layoutOf(chart.layout, colour);
  if ("paper" in root.dataset) layout.height *= ON_PAPER;
  const config = { displayModeBar: false, responsive: true, displaylogo: false };
  Plotly.react(place, coloured(chart.data, colour), layout, config);
  drawn.add(place);
}

function drawNext() {
  const [place] = waiting;
  if (!place) {
    drawing = false;
    return;
  }
  waiting.delete(place);
  draw(place);
  setTimeout(drawNext, 0);
}

function enqueue(places) {
  for (const place of places) waiting.add(place);
  if (!drawing) {
    drawing = true;
    setTimeout(drawNext, 0);
  }
}

const charts = [...document.querySelectorAll(".chart")];
const near = new IntersectionObserver(
  (seen) => {
    const come = seen.filter((one) => one.isIntersecting).map((one) => one.target);
    come.forEach((place) => near.unobserve(place));
    enqueue(come);
  },
  { rootMargin: "400px" },
);
charts.forEach((place) => near.observe(place));

// Light or dark: as the system says, until the reader says otherwise.
const button = document.getElementById("theme");
const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
function restyle() {
  button.textContent = isDark() ? "Light" : "Dark";
  button.setAttribute("aria-label", isDark() ? "Switch to light colours" : "Switch to dark colours");
  enqueue(drawn);
}
button.hidden = false;
button.addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  restyle();
});
dark.addEventListener("change", restyle);
restyle();

// On paper everything is drawn, in light colours.
addEventListener("beforeprint", () => {
  root.dataset.before = root.dataset.theme || "";
  root.dataset.theme = "light";
  root.dataset.paper = "";
  charts.forEach((place) => {
    near.unobserve(place);
    draw(place);
  });
});
addEventListener("afterprint", () => {
  delete root.dataset.paper;
  if (root.dataset.before) root.dataset.theme = root.dataset.before;
  else delete root.dataset.theme;
  restyle();
});

// The section being read is marked in the list of sections; at the page's end that is the last one, however short.
const contents = document.querySelector("nav");
const links = new Map([...document.querySelectorAll("nav a")].map((link) => [link.hash.slice(1), link]));
function mark(link) {
  links.forEach((other) => other.removeAttribute("aria-current"));
  link.setAttribute("aria-current", "true");
  contents.scrollLeft = link.offsetLeft - (contents.clientWidth - link.offsetWidth) / 2; // on a phone they are a row
}
let section = null; // the section in the upper part of the window
let ended = false; // the page's end is in sight, which settles it, whichever of the two is noticed last
function markRead() {
  const link = ended ? [...links.values()].at(-1) : links.get(section);
  if (link) mark(link);
}
const reading = new IntersectionObserver(
  (seen) => {
    for (const one of seen) if (one.isIntersecting) section = one.target.id;
    markRead();
  },
  { rootMargin: "-20% 0px -70% 0px" },
);
links.forEach((_, id) => reading.observe(document.getElementById(id)));
const ending = new IntersectionObserver((seen) => {
  ended = seen.at(-1).isIntersecting;
  markRead();
});
ending.observe(document.querySelector("footer"));
