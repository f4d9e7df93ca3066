// Draws the letter's page again while its words are typed, counts the words, and copies a text at a button. Without
// this file everything works by the buttons of the forms.
"use strict";

const PAUSE = 150; // milliseconds after the last key

function drawWhileTyping(form) {
  const picture = document.getElementById("picture");
  const status = document.getElementById("status");
  let waiting = 0;
  let request = null;

  async function draw() {
    if (request) request.abort();
    const mine = (request = new AbortController());
    const words = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(form.dataset.page, { method: "POST", body: words, signal: mine.signal });
      if (answer.status === 204) return; // a newer text is on its way
      if (answer.headers.get("Content-Type") === "image/png") {
        show(await answer.blob(), JSON.parse(decodeURIComponent(answer.headers.get("X-Plea-Notes") || "%5B%5D")));
      } else {
        announce((await answer.json()).wrong);
      }
    } catch (error) {
      if (error.name !== "AbortError") announce([status.dataset.again]);
    }
  }

  function show(blob, notes) {
    document.getElementById("sheet").hidden = false;
    document.getElementById("no-sheet").hidden = true;
    const before = picture.src;
    picture.src = URL.createObjectURL(blob);
    if (before.startsWith("blob:")) URL.revokeObjectURL(before);
    announce(notes);
  }

  function announce(sentences) {
    const text = sentences.join(" ");
    if (status.textContent !== text) status.textContent = text;
  }

  function drawSoon() {
    clearTimeout(waiting);
    waiting = setTimeout(draw, PAUSE);
  }

  for (const control of form.elements) control.addEventListener("input", drawSoon); // one of them is outside the form
  form.addEventListener("submit", () => {
    clearTimeout(waiting); // what is sent now is the newest
    if (request) request.abort();
  });
  for (const button of form.querySelectorAll('button[name="show"]')) button.hidden = true;
}

function count(story, line) {
  const words = () => story.value.split(/\s+/).filter(Boolean).length;
  const update = () => {
    const n = words();
    const form = n === 1 ? line.dataset.one : n > Number(line.dataset.good) ? line.dataset.long : line.dataset.many;
    line.textContent = form.replace("{n}", n);
  };
  story.addEventListener("input", update);
  update();
}

function copyAtButton(button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      text.select();
      document.execCommand("copy");
    }
    button.nextElementSibling.textContent = button.dataset.done;
  });
}

const form = document.getElementById("words");
if (form && document.getElementById("picture")) drawWhileTyping(form);
const story = document.getElementById("story");
if (story) count(story, document.getElementById("count"));
document.querySelectorAll("[data-copy]").forEach(copyAtButton);
