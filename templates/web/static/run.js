// How far a check or a run is, asked for once a second; the page itself comes anew when it has ended.
// Without this file the page is refreshed by the browser.
"use strict";
const going = document.querySelector("[data-progress]");
const bar = going.querySelector("progress");
const text = going.querySelector(".progress-text");

async function look() {
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
    // the program may be busy, or closed; the next look will tell
  }
  setTimeout(look, 1000);
}

setTimeout(look, 1000);
