// Narrows the list of persons while somebody types. Marks are left out on both sides: "ha noi" finds "Hà Nội".
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/giu, "d").toLowerCase();
const field = document.getElementById("search");
const found = document.getElementById("found");
const sections = [...document.querySelectorAll("section")].map((section) => ({
  section,
  kind: section.parentElement,
  persons: [...section.querySelectorAll("li")].map((item) => ({
    item,
    text: plain(`${item.textContent} ${section.querySelector("h3").textContent}`),
  })),
}));

function narrow() {
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  let count = 0;
  for (const { section, persons } of sections) {
    let shown = 0;
    for (const { item, text } of persons) {
      item.hidden = !words.every((word) => text.includes(word));
      if (!item.hidden) shown += 1;
    }
    section.hidden = shown === 0;
    count += shown;
  }
  for (const kind of new Set(sections.map((it) => it.kind))) {
    const empty = [...kind.children].every((it) => it.hidden);
    kind.hidden = empty;
    kind.previousElementSibling.hidden = empty;
  }
  found.textContent = words.length === 0 ? "" : count === 1 ? "1 person" : `${count} persons`;
}

field.closest(".search").hidden = false;
field.addEventListener("input", narrow);
field.addEventListener("keydown", (event) => {
  // Enter chooses only when one person is left.
  const left = [...document.querySelectorAll("li:not([hidden]) button")].filter((it) => !it.closest("section").hidden);
  if (event.key === "Enter" && field.value !== "" && left.length === 1) left[0].click();
});
narrow();
