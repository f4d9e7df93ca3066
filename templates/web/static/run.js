// Shows how far a check or a run is, once a second, and reloads the page when it has ended.
// Without this script the browser reloads the page every few seconds.
"use strict";
const going = document.querySelector("[data-progress]");
const bar = going.querySelector("progress");
const text = going.querySelector(".progress-text");

async function update() {
  try {
    const answer = await fetch(going.dataset.progress, { credentials: "same-origin" });
    if (answer.ok) {
      const now = await answer.json();
      if (now.ended) return location.reload();
      text.textContent = now.text;
      if (now.share === null) bar.removeAttribute("value");
      else bar.value = now.share;
    }
  } catch {
    // the program may be busy, or closed: ask again
  }
  setTimeout(update, 1000);
}

setTimeout(update, 1000);
