"use strict";
// Reads the packed figures of the page: every number was computed beforehand.

const find = (id) => document.getElementById(id);
const words = JSON.parse(find("words").textContent);
const years = new Map([...document.querySelectorAll(".year")].map((block) => {
  const year = JSON.parse(block.textContent);
  year.offences = year.offences.map((offence) => ({ ...words.offences[offence.path], ...offence }));
  return [year.year, year];
}));
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const DIGIT = Object.fromEntries([...ALPHABET].map((letter, place) => [letter, place]));

function reader(text) {
  let at = 0;
  const digit = () => DIGIT[text[at++]];
  return {
    digit,
    count() {
      let number = 0, scale = 1, next;
      do { next = digit(); number += (next & 31) * scale; scale *= 32; } while (next & 32);
      return number;
    },
    rate() { // The middle of what was cut off: it rounds as the proportion itself does.
      const number = digit() * 4096 + digit() * 64 + digit();
      return number > 100000 ? (number - 100001 + 0.5) / 1e7 : Math.min(1, (number + 0.5) / 1e5);
    },
  };
}

// The lower (end 0) or upper (end 1) limit of a count of few crimes, which is the same in every year.
function limitOfFew(count, recorded, end) {
  const place = recorded * (recorded - 1) + (end ? recorded + count : count - 1);
  return count === end * recorded ? end : reader(words.small.limits.slice(3 * place)).rate();
}

// The forces of one offence, each with its outcomes, and what all forces have in common in each.
function unpack(year, packed) {
  const next = reader(packed);
  let most; // The crimes that the first outcome is counted of; 0 stands for as many.
  const together = words.outcomes.map(() => {
    const count = next.count(), recorded = next.count() - 1;
    const page = { count, recorded: recorded < 0 ? most : recorded, usual: null };
    most ??= recorded;
    if (next.digit()) page.usual = [next.rate(), next.rate()];
    return page;
  });
  const forces = year.forces.map(() => {
    const reason = next.count();
    if (reason) return { why: year.reasons[reason - 1] };
    const recorded = next.count(), open = next.count() - 1, screened = next.digit() === 1;
    let none = null;
    const outcomes = words.outcomes.map((outcome) => {
      const low = next.count(), letter = next.digit();
      const high = screened && outcome.id !== words.open ? low + open : low;
      let limits;
      if (recorded <= words.small.most) limits = [limitOfFew(low, recorded, 0), limitOfFew(high, recorded, 1)];
      else if (high === 0) limits = [0, none ??= next.rate()];
      else limits = [low ? next.rate() : 0, high < recorded ? next.rate() : 1];
      return { low, high, limits, among: words.among[letter >> 3], rest: words.rest[letter & 7] };
    });
    return { recorded, open, screened, outcomes };
  });
  return { together, forces };
}

const unpacked = new Map();
function offenceOf(year, offence) {
  const key = `${year.year}/${offence.path}`;
  if (!unpacked.has(key)) unpacked.set(key, unpack(year, offence.data));
  return unpacked.get(key);
}
