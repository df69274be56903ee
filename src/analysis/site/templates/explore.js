"use strict";
// Looks up a question that the address or the form asks, and draws its answer.

const whole = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");

function rounded(number, decimals) { // Halves go to the even digit, as they do where the reports are made.
  const exact = number.toFixed(decimals + 40);
  const tie = new RegExp(`\\.\\d{${decimals}}50*$`).test(exact);
  const text = number.toFixed(decimals);
  const odd = Number(text.at(-1)) % 2 === 1;
  return tie && odd ? (Number(text) - 10 ** -decimals).toFixed(decimals) : text;
}

function percent(rate) {
  for (let decimals = 1; decimals <= 4; decimals += 1) {
    const text = rounded(100 * rate, decimals);
    if (!((Number(text) === 0 && rate > 0) || (Number(text) === 100 && rate < 1))) return `${text}%`;
  }
  return rate < 0.5 ? "below 0.0001%" : "above 99.9999%";
}

const between = (low, high) => (percent(low) === percent(high) ? percent(low) : `${percent(low)} to ${percent(high)}`);
const fill = (template, fields) => template.replace(/\{(\w+)\}/g, (_, name) => fields[name]);

function fieldsOf(question, force, cell) {
  const { recorded } = force, { low, high } = cell;
  const found = low !== high ? "range" : low === 0 ? "none" : low === recorded ? "all" : "some";
  const fields = {
    force: question.force.name, offence: question.offence.lower, outcome: question.outcome.title,
    window: question.year.window, recorded: whole(recorded), count: whole(low), high: whole(high),
    rate: between(low / recorded, high / recorded), lower: percent(cell.limits[0]), upper: percent(cell.limits[1]),
  };
  return { ...fields, crimes: fill(recorded === 1 ? words.crime : words.crimes, fields), found: fill(words.found[found], fields) };
}

// A row of the picture: name, what is usual, interval, dot or bar, rate.
function draw(strip, page, scale, question) {
  const row = find("row").content.cloneNode(true).firstElementChild;
  const [link, svg, shown] = row.children;
  const at = (rate) => `${(100 * Math.min(rate / scale, 1)).toFixed(2)}%`;
  const set = (part, values) => { for (const [name, value] of Object.entries(values)) part.setAttribute(name, value); };
  const [usual, from, to, common, interval, range, dot, arrow] = svg.children;
  link.textContent = strip.name;
  link.href = `#${[strip.slug, question.offence.path, question.outcome.id, question.year.year].join("/")}`;
  row.classList.toggle("asked", strip.slug === question.force.slug);
  row.classList.add(strip.group);
  if (page.usual) {
    set(usual, { x: at(page.usual[0]), width: at(page.usual[1] - page.usual[0]) });
    [from, to].forEach((edge, end) => set(edge, { x1: at(page.usual[end]), x2: at(page.usual[end]) }));
  } else for (const part of [usual, from, to]) part.remove();
  if (page.recorded) set(common, { x1: at(page.count / page.recorded), x2: at(page.count / page.recorded) });
  else common.remove();
  if (strip.cell) {
    const { limits } = strip.cell, [low, high] = [strip.cell.low, strip.cell.high].map((count) => count / strip.recorded);
    set(interval, { x1: at(limits[0]), x2: at(limits[1]) });
    if (low === high && low <= scale) set(dot, { cx: at(low) }); else dot.remove();
    if (low < high) set(range, { x1: at(low), x2: at(high) }); else range.remove();
    if (Math.max(high, limits[1]) <= scale) arrow.remove();
    shown.textContent = between(low, high);
  } else {
    for (const part of [interval, range, dot, arrow]) part.remove();
    shown.textContent = words.unknown;
    row.title = strip.why;
  }
  return row;
}

function drawStrips(question, page, offence) {
  const strips = question.year.forces.map((place, index) => {
    const force = offence.forces[index], cell = force.why ? null : force.outcomes[question.place];
    return { ...words.forces[place], why: force.why, recorded: force.recorded, cell };
  });
  const asked = strips.some((one) => one.cell?.among) ? "among" : "rest"; // Against the rest where no force can be judged among forces.
  for (const one of strips) one.group = words.groups[one.cell?.[asked] ?? "null"];
  const drawn = strips.filter((one) => one.cell), exact = drawn.filter((one) => one.cell.low === one.cell.high);
  const judged = exact.filter((one) => one.group === "unusual" || one.group === "usual");
  const ends = [judged, exact, drawn].find((some) => some.length)?.map((one) => one.cell.limits[1]) ?? [];
  const common = page.recorded ? page.count / page.recorded : 0;
  const scale = Math.min(1, words.scale.margin * Math.max(words.scale.least, page.usual?.[1] ?? 0, common, ...ends));
  find("strips").replaceChildren(...Object.entries(words.headings[asked]).flatMap(([group, heading]) => {
    const rows = strips.filter((one) => one.group === group);
    if (!rows.length) return [];
    const title = document.createElement("h3"), list = document.createElement("ol");
    title.textContent = heading;
    [title.className, list.className] = ["group", "strips"];
    list.append(...rows.map((one) => draw(one, page, scale, question)));
    return [title, list];
  }));
}

function drawOutcomes(question, offence) {
  const force = offence.forces[question.index];
  document.querySelector("#outcomes .who").textContent = question.force.name;
  find("outcomes").tBodies[0].replaceChildren(...words.outcomes.map((outcome, place) => {
    const row = document.createElement("tr"), head = document.createElement("th");
    const { count, recorded } = offence.together[place], own = force.why ? null : force.outcomes[place];
    head.scope = "row";
    head.textContent = outcome.label;
    row.append(head, ...[
      own && `${whole(own.low)} (${between(own.low / force.recorded, own.high / force.recorded)})`,
      recorded ? `${whole(count)} (${percent(count / recorded)})` : null,
    ].map((text) => Object.assign(document.createElement("td"), { textContent: text ?? words.unknown })));
    return row;
  }));
}

function csvOf(question, offence) {
  const quoted = (value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : String(value));
  const rows = question.year.forces.map((place, index) => {
    const force = offence.forces[index], { name } = words.forces[place];
    if (force.why) return [name, "", "", "", "", "", "", "", force.why];
    const { low, high, limits, among, rest } = force.outcomes[question.place];
    return [name, low, high, force.recorded, ...limits.map((limit) => limit.toFixed(5)), rest ?? "", among ?? "", ""];
  });
  return [words.columns, ...rows].map((row) => row.map(quoted).join(",")).join("\r\n") + "\r\n";
}

// Of all offences together: whether the force's own mix of them explains its rate.
function mixOf(question) {
  const what = fill(words.mix.what, { force: question.force.name, outcome: question.outcome.label });
  const mix = question.year.mixes[question.place][question.index];
  if (!mix) return fill(words.mix.unsaid, { what, why: "" });
  const [observed, expected, ratio, beside, among] = mix;
  const lead = fill(words.mix.lead, { what, observed, expected, ratio, beside: words.mix.beside[beside] });
  return among ? `${lead} ${fill(words.mix.among, { force: question.force.name, among: words.mix.words[among] })}` : lead;
}

function answer(question) {
  const offence = offenceOf(question.year, question.offence), page = offence.together[question.place];
  const force = offence.forces[question.index], cell = force.why ? null : force.outcomes[question.place];
  const section = find("answer");
  section.dataset.count = cell ? cell.low : "";
  section.dataset.countHigh = cell ? cell.high : "";
  section.dataset.recorded = cell ? force.recorded : "";
  [section.dataset.low, section.dataset.high] = cell ? cell.limits.map((limit) => limit.toFixed(6)) : ["", ""];
  section.dataset.verdict = cell?.among ?? "";
  section.querySelector("h2").textContent = `${question.force.name}: ${question.offence.title}, ${question.outcome.label.toLowerCase()}, ${question.year.year}`;
  const fields = cell ? fieldsOf(question, force, cell) : { force: question.force.name, why: force.why };
  const finding = fill(cell ? words.finding[cell.among ?? "null"] : words.no_rate, fields);
  const mix = cell && question.offence.path === "all" ? mixOf(question) : null;
  find("finding").textContent = mix ?? finding;
  find("raw").textContent = mix ? words.raw + finding : "";
  find("quote").textContent = cell ? fill(words.quote, fields) : "";
  find("rider").textContent = cell?.rest ? fill(words.rider[cell.rest], fields) : "";
  find("reading").textContent = page.usual ? words.reading : words.reading_without;
  find("command").textContent = `charge-rates report "${question.force.name}" --study ${question.year.release}/${question.offence.path}/${question.outcome.id}`;
  find("source").textContent = question.year.source;
  const slice = find("slice");
  URL.revokeObjectURL(slice.href);
  slice.href = URL.createObjectURL(new Blob([csvOf(question, offence)], { type: "text/csv" }));
  slice.download = `${question.year.release}_${question.offence.path}_${question.outcome.id}.csv`;
  drawStrips(question, page, offence);
  drawOutcomes(question, offence);
  section.hidden = false;
}

// What somebody types, without case, marks and the word "police", against names, codes and everyday words.
const plain = (text) => text.toLowerCase().replace(/&/g, "and").replace(/\b(police|constabulary|service|the)\b/g, "").replace(/[^a-z0-9/.]+/g, " ").trim();
function search(entries, typed) {
  const text = plain(typed);
  if (!text) return null;
  const names = (entry) => entry.names.map(plain);
  return entries.find((entry) => names(entry).includes(text)) ?? entries.find((entry) => names(entry).some((name) => name.startsWith(text)))
    ?? entries.find((entry) => names(entry).some((name) => name.includes(text))) ?? null;
}

function questionOf(hash) {
  const [slug, path, outcome, name] = decodeURIComponent(hash.slice(1)).split("/");
  const year = years.get(name), place = words.outcomes.findIndex((one) => one.id === outcome);
  const index = year ? year.forces.findIndex((force) => words.forces[force].slug === slug) : -1;
  const offence = year?.offences.find((one) => one.path === path);
  if (!offence || place < 0 || index < 0) return null;
  return { year, offence, outcome: words.outcomes[place], place, index, force: words.forces[year.forces[index]] };
}

function show() {
  if (location.hash.length < 2) return;
  const question = questionOf(location.hash);
  find("problem").textContent = question ? "" : fill(words.not_found, { what: decodeURIComponent(location.hash.slice(1)) });
  find("answer").hidden = !question;
  if (!question) return;
  find("force").value = question.force.name;
  find("offence").value = `${question.offence.title} (${question.offence.code})`;
  find("outcome").value = question.outcome.id;
  find("year").value = question.year.year;
  answer(question);
}

function ask(event) {
  event.preventDefault();
  const year = years.get(find("year").value);
  const force = search(year.forces.map((place) => words.forces[place]), find("force").value);
  const typed = find("offence").value;
  const offence = year.offences.find((one) => typed === `${one.title} (${one.code})`) ?? search(year.offences, typed);
  const missing = force ? typed : find("force").value;
  if (force && offence) location.hash = [force.slug, offence.path, find("outcome").value, year.year].join("/");
  else find("problem").textContent = fill(words.not_found, { what: missing });
}

for (const hidden of document.querySelectorAll(".live")) hidden.hidden = false;
document.querySelector(".ask").addEventListener("submit", ask);
find("copy").addEventListener("click", () => navigator.clipboard?.writeText(find("quote").textContent));
window.addEventListener("hashchange", show);
show();
