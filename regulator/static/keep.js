// Prints or copies a reference and a code. Without this file they are written down, photographed or selected by hand.
const keep = document.querySelector(".keep");

if (keep) {
  const [print, copy] = keep.querySelectorAll("button");
  const status = keep.querySelector("[role=status]");
  print.addEventListener("click", () => window.print());
  copy.addEventListener("click", async () => {
    const boxes = [...document.querySelectorAll(".code")];
    const lines = boxes.map((box) => [".code__label", ".code__value"].map((part) => box.querySelector(part).textContent.trim()));
    await navigator.clipboard.writeText(lines.map((line) => line.join(": ")).join("\n"));
    status.textContent = keep.dataset.copied;
  });
  copy.hidden = !navigator.clipboard;
  keep.hidden = false;
}
