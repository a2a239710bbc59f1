// Leaves at once: hides the page, tells the server to forget the complaint in this browser, and puts another page in its place.
// Without this file the link leads there all the same.
const exit = document.querySelector(".exit");
const link = exit.querySelector("a");
const status = exit.querySelector("[role=status]");
const TIMES = 3;
const WITHIN = 5000;
let pressed = [];

function leave(event) {
  event?.preventDefault();
  document.documentElement.classList.add("left");
  document.title = "";
  navigator.sendBeacon(exit.dataset.forget);
  window.location.replace(link.href);
}

link.addEventListener("click", leave);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.repeat) return;
  const now = Date.now();
  pressed = [...pressed.filter((at) => now - at < WITHIN), now];
  if (pressed.length >= TIMES) return leave();
  status.textContent = exit.dataset.pressed.replace("{more}", TIMES - pressed.length);
});

// A browser may keep the page to show it again on “back”: then it is asked for anew, and nobody is let in.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
