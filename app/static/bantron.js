// Comfort only: every page works without this file. No state is kept, nothing is fetched.

/** Fold for search like app.domain.text.fold: case and diacritics do not count, đ is d, ё is е. */
const fold = (text) =>
  text.toLowerCase().replaceAll("đ", "d").replaceAll("ё", "е").normalize("NFD").replace(/\p{M}/gu, "");

// Show what only a script can do.
for (const part of document.querySelectorAll("[data-script]")) part.hidden = false;

// An answer with errors: read the summary first; a link in it leads into the field, not only to it.
document.querySelector("[data-summary]")?.focus();
document.querySelector("[data-summary]")?.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  const input = field.matches("fieldset") ? field.querySelector("input") ?? field : field;
  field.scrollIntoView({ block: "center" });
  input.focus({ preventScroll: true });
});

// A form is sent once; the server takes a second one without harm, but people need not wonder.
const sent = new Set();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (sent.has(form)) return event.preventDefault();
  sent.add(form);
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
});
addEventListener("pageshow", () => {
  for (const form of sent) {
    for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
  }
  sent.clear();
});

// Menus close as menus do.
const close = (menu, focus) => {
  menu.open = false;
  if (focus) menu.querySelector("summary").focus();
};
addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("[data-menu][open]")) if (!menu.contains(event.target)) close(menu);
});
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("[data-menu][open]")) close(menu, menu.contains(event.target));
});

// Copy a value; the button itself says that it is done.
for (const button of document.querySelectorAll("[data-copy]")) {
  const words = button.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = words), 2000);
  });
}

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());

// Filter rows while typing; the count of shown rows is announced.
for (const input of document.querySelectorAll("[data-filter]")) {
  const rows = [...document.querySelectorAll(`#${CSS.escape(input.dataset.filter)} :is(tbody tr, li)`)];
  const texts = rows.map((row) => fold(row.textContent));
  const count = input.parentElement.querySelector("[data-filter-count]");
  input.addEventListener("input", () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, index) => {
      row.hidden = !words.every((word) => texts[index].includes(word));
      if (!row.hidden) shown += 1;
    });
    count.textContent = words.length ? `${shown} / ${rows.length}` : "";
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

// Ticked rows: tick all that are shown, say how many of the same form.
const chosen = () => {
  for (const label of document.querySelectorAll("[data-chosen-count]")) {
    const ticked = (label.closest("form") ?? document).querySelectorAll("[data-choose]:checked").length;
    label.dataset.words ??= label.textContent;
    label.textContent = ticked ? `${label.dataset.words} (${ticked})` : label.dataset.words;
  }
};
for (const all of document.querySelectorAll("[data-choose-all]")) {
  all.addEventListener("change", () => {
    for (const box of document.querySelectorAll(`#${CSS.escape(all.dataset.chooseAll)} [data-choose]`)) {
      if (!box.closest("tr, li")?.hidden) box.checked = all.checked;
    }
    chosen();
  });
}
addEventListener("change", (event) => event.target.matches("[data-choose]") && chosen());
addEventListener("pageshow", chosen);

// Rows that can be dragged: a drop presses the button that moves the row to where it was dropped.
for (const list of document.querySelectorAll("[data-drag]")) {
  const rows = () => [...list.querySelectorAll("tbody tr")];
  let row = null;
  let next = null;
  for (const each of rows()) each.draggable = true;
  list.addEventListener("dragstart", (event) => {
    row = event.target.closest?.("tr");
    next = row?.nextElementSibling;
    event.dataTransfer.effectAllowed = "move";
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("tbody tr");
    if (!row || !over) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    if (over !== row) over[event.clientY > box.top + box.height / 2 ? "after" : "before"](row);
  });
  list.addEventListener("drop", (event) => {
    event.preventDefault();
    const form = row.closest("form");
    const move = document.createElement("input");
    Object.assign(move, { type: "hidden", name: "move", value: `${row.id}:${rows().indexOf(row) + 1}` });
    form.append(move);
    row = null;
    form.requestSubmit();
  });
  list.addEventListener("dragend", () => {
    if (row) row.parentElement.insertBefore(row, next); // dropped elsewhere: as if nothing had been
    row = null;
  });
}
