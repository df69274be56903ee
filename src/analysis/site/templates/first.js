"use strict";
// The first page: leads from a form to the explorer's answer, and finds a force in the list by a part of its names.

const ask = document.querySelector(".ask");
ask?.addEventListener("submit", (event) => {
  event.preventDefault();
  location.href = `explore.html#${["force", "offence", "outcome", "year"].map((name) => ask.elements[name].value).join("/")}`;
});

const wanted = document.getElementById("wanted");
function findForces() {
  const text = wanted.value.toLocaleLowerCase().replace(/\b(police|constabulary|the)\b/g, "").trim();
  const all = [...document.querySelectorAll("#all-forces li")];
  for (const one of all) one.hidden = !one.dataset.names.toLocaleLowerCase().includes(text);
  const shown = all.filter((one) => !one.hidden).length;
  document.getElementById("found").textContent = `${shown} of ${all.length} forces`;
}
wanted?.addEventListener("input", findForces);
