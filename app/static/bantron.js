// Comfort only: every page works without this file. What is typed into long forms at the desk is kept in this browser
// until it is sent or its account signs out; nothing is fetched but the page of the desk's search.

/** Fold for search like app.domain.text.fold: case and diacritics do not count, đ is d, ё is е. */
const fold = (text) =>
  text.toLowerCase().replaceAll("đ", "d").replaceAll("ё", "е").normalize("NFD").replace(/\p{M}/gu, "");

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

for (const button of document.querySelectorAll("[data-dialog]")) {
  button.addEventListener("click", () => document.getElementById(button.dataset.dialog).showModal());
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
    const form = document.getElementById(list.dataset.drag) ?? row.closest("form");
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

// A field with suggestions finds them without diacritics, at any place; the browser's own list does not.
const MOST = 12;
[...document.querySelectorAll("input[list]")].forEach((input, number) => {
  const known = [...(input.list?.options ?? [])].map(({ value }) => [value, fold(value)]);
  const list = document.createElement("ul");
  const frame = document.createElement("span");
  const set = (part, attributes) => Object.entries(attributes).forEach((pair) => part.setAttribute(...pair));
  set(list, { id: `options-${number}`, class: "options", role: "listbox", "aria-label": input.labels[0]?.innerText ?? "" });
  set(input, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": false, "aria-controls": list.id, autocomplete: "off" });
  input.removeAttribute("list");
  list.hidden = true;
  frame.className = "combobox";
  input.replaceWith(frame);
  frame.append(input, list);
  let at = -1;
  const mark = (index) => {
    at = index;
    [...list.children].forEach((option, place) => option.setAttribute("aria-selected", place === at));
    if (at < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const show = (open) => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    const found = open ? known.filter(([, text]) => words.every((word) => text.includes(word))).slice(0, MOST) : [];
    list.replaceChildren(...found.map(([value], place) => {
      const option = document.createElement("li");
      set(option, { id: `${list.id}-${place}`, role: "option" });
      option.textContent = value;
      return option;
    }));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", !list.hidden);
    mark(-1);
  };
  const take = (option) => {
    input.value = option.textContent;
    show(false);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  input.addEventListener("input", () => show(input.value));
  input.addEventListener("blur", () => show(false));
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (list.hidden) show(true);
      const many = list.children.length;
      if (many) mark(at < 0 ? (step > 0 ? 0 : many - 1) : (at + step + many) % many);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      take(list.children[at]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      show(false);
    }
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault(); // the focus stays in the field
    const option = event.target.closest("li");
    if (option) take(option);
  });
});

for (const button of document.querySelectorAll("[data-close]")) {
  button.addEventListener("click", () => button.closest(".notice").remove());
}

// What was typed and not sent is kept in this browser; passwords, files and tokens never. A page without an error after
// the sending says that it arrived. The revision is kept too: the server tells when somebody else was faster.
const SENT = "sent-draft";
const store = globalThis.localStorage;
let isSigningOut = false;
const arrived = sessionStorage.getItem(SENT);
if (arrived && !document.querySelector("[data-summary], .error-page")) store.removeItem(arrived);
sessionStorage.removeItem(SENT);
for (const form of document.querySelectorAll("[data-draft]")) {
  const key = `draft:${form.dataset.draft}:${location.pathname}`;
  const kept = () => [...form.elements].filter(({ name, type }) =>
    name && name !== "csrf_token" && !["password", "file", "submit", "button", "fieldset"].includes(type));
  const isTicked = ({ type }) => type === "checkbox" || type === "radio";
  const read = () => JSON.stringify(kept().map((field) =>
    [field.name, isTicked(field) ? field.checked : field.multiple ? [...field.selectedOptions].map((o) => o.value) : field.value]));
  const note = form.querySelector("[data-draft-note]");
  const values = document.querySelector("[data-summary]") ? [] : JSON.parse(store.getItem(key) ?? "[]");
  const before = read();
  for (const field of kept()) {
    const place = values.findIndex(([name]) => name === field.name);
    if (place < 0) continue;
    const [[, value]] = values.splice(place, 1); // fields of one name stand in their order
    if (isTicked(field)) field.checked = value;
    else if (field.multiple) for (const option of field.options) option.selected = value.includes(option.value);
    else field.value = value;
  }
  note.hidden = read() === before;
  let soon = 0;
  const save = () => {
    clearTimeout(soon);
    if (soon && !isSigningOut) store.setItem(key, read());
    soon = 0;
  };
  note.querySelector("button").addEventListener("click", () => {
    form.reset();
    store.removeItem(key);
    note.hidden = true;
  });
  form.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(save, 300);
  });
  addEventListener("pagehide", save);
  form.addEventListener("submit", ({ submitter }) => {
    store.setItem(key, read());
    if (!submitter?.formNoValidate) sessionStorage.setItem(SENT, key); // else it only asks for one more row
  });
}
document.querySelector("[data-sign-out]")?.addEventListener("submit", () => {
  isSigningOut = true;
  for (const key of Object.keys(store)) if (key.startsWith("draft:")) store.removeItem(key);
});

// Ctrl+K anywhere at the desk: the page of the search, in a dialog.
const palette = document.getElementById("palette");
if (palette) {
  const input = palette.querySelector("input");
  const found = palette.querySelector("[data-found]");
  let asked;
  const find = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(`/organizer/search?q=${encodeURIComponent(input.value)}`, { signal: asked.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("found");
      if (page) found.replaceChildren(...page.childNodes);
      else location.assign(answer.url); // signed out meanwhile
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  };
  const open = () => {
    palette.showModal();
    input.select();
    find();
  };
  let soon;
  input.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(find, 150);
  });
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    if (palette.open) palette.close();
    else open();
  });
  document.querySelector("[data-palette]").addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  palette.addEventListener("click", (event) => event.target === palette && palette.close());
  palette.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const stops = [input, ...found.querySelectorAll("a")];
    stops.at((stops.indexOf(document.activeElement) + step) % stops.length).focus();
  });
}
