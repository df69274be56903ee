"use strict";
// Sorts and filters tables, and shows the numbers of a figure's points. Without it everything stands in the page.

const all = (selector, within = document) => [...within.querySelectorAll(selector)];

function sortBy(table, place, heading) {
  const down = heading.getAttribute("aria-sort") === "ascending";
  const value = (row) => row.cells[place].dataset.sort ?? (place ? "" : row.dataset.force);
  const compare = (one, other) => {
    const [a, b] = [value(one), value(other)];
    if (a === "" || b === "") return (a === "") - (b === "");
    const order = isNaN(a) || isNaN(b) ? a.localeCompare(b, "en-GB") : a - b;
    return down ? -order : order;
  };
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", down ? "descending" : "ascending");
  table.tBodies[0].append(...[...table.tBodies[0].rows].sort(compare));
}

function makeSortable(heading) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...heading.childNodes);
  button.addEventListener("click", () => sortBy(heading.closest("table"), heading.cellIndex, heading));
  heading.append(button);
}

function filter(table) {
  const [text, kind] = ["input", "select"].map(
    (name) => document.querySelector(`${name}[data-filter="${table.id}"]`)?.value.trim().toLocaleLowerCase() ?? "");
  const rows = [...table.tBodies[0].rows];
  for (const row of rows) {
    row.hidden = !row.dataset.force.toLocaleLowerCase().includes(text)
      || (kind !== "" && !(row.dataset.kinds ?? "").split(" ").includes(kind));
  }
  const shown = new Set(rows.filter((row) => !row.hidden).map((row) => row.dataset.force));
  for (const mark of all(".mark")) mark.classList.toggle("dim", !shown.has(mark.dataset.force));
  document.querySelector(`[data-count="${table.id}"]`).textContent = `${shown.size} of ${rows.length} forces`;
}

function makeCard(chart) {
  const card = document.createElement("div");
  card.className = "card";
  card.hidden = true;
  chart.append(card);
  let leaving;
  const hide = () => { card.hidden = true; };
  const show = (mark) => {
    clearTimeout(leaving);
    const [name, ...lines] = mark.dataset.lines.split("\n");
    const title = document.createElement("strong");
    title.textContent = name;
    card.replaceChildren(title, ...lines.map((line) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = line;
      return paragraph;
    }));
    if (mark.hasAttribute("href")) {
      const link = document.createElement("a");
      link.href = mark.getAttribute("href");
      link.textContent = "its report";
      link.tabIndex = -1;
      card.append(link);
    }
    card.hidden = false;
    const [around, at] = [chart.getBoundingClientRect(), mark.getBoundingClientRect()];
    const [x, y] = [at.left + at.width / 2 - around.left, at.top - around.top];
    const left = x + card.offsetWidth + 16 < around.width ? x + 16 : x - card.offsetWidth - 16;
    card.style.left = `${Math.max(0, Math.min(left, around.width - card.offsetWidth))}px`;
    card.style.top = `${y > card.offsetHeight + 8 ? y - card.offsetHeight - 4 : y + at.height + 4}px`;
    card.dataset.force = name;
  };
  const leave = () => { leaving = setTimeout(hide, 250); };
  card.addEventListener("pointerenter", () => clearTimeout(leaving));
  card.addEventListener("pointerleave", leave);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  return { card, show, hide, leave };
}

function makePointable(picture, { card, show, leave }) {
  const marks = all(".mark", picture);
  let touched = false;
  marks.forEach((mark, place) => {
    mark.querySelector("title")?.remove();
    mark.setAttribute("tabindex", place ? "-1" : "0");
    mark.addEventListener("pointerenter", (event) => { if (event.pointerType !== "touch") show(mark); });
    mark.addEventListener("pointerleave", (event) => { if (event.pointerType !== "touch") leave(); });
    mark.addEventListener("focus", () => { if (!touched) show(mark); });
    mark.addEventListener("blur", leave);
    mark.addEventListener("pointerdown", (event) => { touched = event.pointerType === "touch"; });
    mark.addEventListener("click", (event) => {
      if (!touched || (!card.hidden && card.dataset.force === mark.dataset.force)) return;
      event.preventDefault();
      show(mark);
    });
    mark.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -place, End: marks.length - 1 - place };
      const next = marks[place + step[event.key]];
      if (!next) return;
      event.preventDefault();
      touched = false;
      mark.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    });
  });
}

function copyOf(button) {
  const text = document.getElementById(button.dataset.copy);
  getSelection().selectAllChildren(text);  // To be copied by hand where a browser forbids a script to.
  navigator.clipboard?.writeText(text.textContent).then(
    () => { button.parentElement.querySelector("[role=status]").textContent = "Copied."; });
}

for (const hidden of all(".live")) hidden.hidden = false;
for (const heading of all("th[data-sortable]")) makeSortable(heading);
for (const control of all("[data-filter]")) {
  const table = document.getElementById(control.dataset.filter);
  control.addEventListener("input", () => filter(table));
  filter(table);
}
for (const button of all("[data-copy]")) button.addEventListener("click", () => copyOf(button));
for (const chart of all(".chart")) {
  const card = makeCard(chart);
  for (const picture of all("svg[role=group], .marks", chart)) makePointable(picture, card);
}
