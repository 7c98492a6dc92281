// Follows links of the application without reloading the page, and says in Russian what Streamlit says in English.
const RUSSIAN = {
  "No results": "Ничего не найдено",
  "No options to select": "Выбирать не из чего",
  "No options to select.": "Выбирать не из чего",
  "Connecting": "Соединение…",
  "Connection error": "Нет связи с «Кабинетом»",
  "Page not found": "Такой страницы нет",
  "Sidebar": "Меню",
  "Collapse sidebar": "Свернуть меню",
  "Expand sidebar": "Развернуть меню",
  "Open": "Открыть список",
  "Upload": "Выбрать файлы на диске",
  "Drag and drop files here": "Отпустите файлы здесь",
  "file upload": "Файлы",
  "Selected values": "Выбрано",
  "Choose an option": "Выберите",
  "Clear all": "Очистить",
};
const SPOKEN = ["aria-label", "placeholder"];

function inRussian(text) {
  return RUSSIAN[text.trim()] ?? (text.startsWith("Remove ") ? text.replace("Remove", "Убрать:") : undefined);
}

function translate(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const russian = inRussian(node.nodeValue);
    if (russian) node.nodeValue = russian;
  }
  for (const element of [root, ...root.querySelectorAll(SPOKEN.map((name) => `[${name}]`).join())]) {
    for (const name of SPOKEN) {
      const russian = inRussian(element.getAttribute(name) ?? "");
      if (russian) element.setAttribute(name, russian);
    }
  }
}

// Copies a text shown on the page, and says so on the button.
function copy(event) {
  const button = event.target.closest && event.target.closest("[data-copy]");
  const text = button && document.getElementById(button.dataset.copy);
  if (text) navigator.clipboard.writeText(text.textContent).then(() => { button.textContent = "Скопировано"; });
}

// A file takes a moment to make: its link says so meanwhile, and says in words why there is none.
async function save(event) {
  const link = isPlainClick(event) && event.target.closest?.("a.kb-save");
  if (!link) return;
  event.preventDefault();
  if (link.ariaBusy) return;
  link.ariaBusy = "true";
  link.parentElement.querySelector("[role=alert]")?.remove();
  try {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(await answer.text());
    const name = answer.headers.get("content-disposition").match(/filename\*?=(?:utf-8'')?"?([^";]+)/i)[1];
    const file = URL.createObjectURL(await answer.blob());
    Object.assign(document.createElement("a"), { href: file, download: decodeURIComponent(name) }).click();
    setTimeout(() => URL.revokeObjectURL(file), 60000);
  } catch (error) {
    const said = Object.assign(document.createElement("span"), { className: "kb-small", role: "alert" });
    said.textContent = error instanceof TypeError ? RUSSIAN["Connection error"] : error.message;
    link.after(said);
  }
  link.ariaBusy = null;
}

function isPlainClick(event) {
  return !event.defaultPrevented && event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
}

// Going to another page, Streamlit first writes the new query beside the old page: that step is left out of the history.
function stepOnce(leaving) {
  const push = History.prototype.pushState;
  window.history.pushState = (state, title, address) => {
    if (new URL(address, location.href).pathname !== leaving) {
      delete window.history.pushState;
      push.call(window.history, state, title, address);
    }
  };
  setTimeout(() => delete window.history.pushState, 3000);
}

// Two moments in cookies of this server: the visit that goes on, and the one before it (a pause of four hours ends a visit).
function noteVisit() {
  const kept = (name) => Number(document.cookie.match(`${name}=(\\d+)`)?.[1] ?? 0);
  const keep = (name, moment) => (document.cookie = `${name}=${moment};path=/;max-age=31536000;samesite=strict`);
  const now = Math.floor(Date.now() / 1000);
  if (kept("kb_now") && now - kept("kb_now") > 4 * 3600) keep("kb_before", kept("kb_now"));
  keep("kb_now", now);
}

// The application as this page knows it now: the places that can be found, the way to go.
const app = (window.kabinet ??= { places: "[]", go: () => {}, redraw: () => {} });

function go(target) {
  if (new URL(target, location.href).pathname !== location.pathname) stepOnce(location.pathname);
  app.go(target);
  closeMenu();
  document.querySelector(".stMain")?.scrollTo(0, 0);
}

// On a phone the menu lies over the page.
function closeMenu() {
  if (matchMedia("(max-width: 768px)").matches) document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
}

// Rows and cells say where they lead; links of the application are known by their relative addresses.
const LEADS = '[data-go], a[href^="./"], a[href^="?"]';

function follow(event) {
  const place = isPlainClick(event) && event.target.closest?.(LEADS);
  if (!place || String(window.getSelection())) return;
  event.preventDefault();
  event.stopPropagation();
  closeAll();
  go(place.dataset.go ?? place.getAttribute("href"));
}

// Drop-downs of links: one is open at a time, arrows go through it, letters jump in it, Escape closes it.
function closeAll(but) {
  for (const open of document.querySelectorAll(".kb-pick[open]")) if (open !== but) open.open = false;
}

// A list that would leave the window on the right hangs on its other end.
function keepInside(event) {
  if (!event.target.matches?.(".kb-pick[open]")) return;
  const list = event.target.querySelector("ul");
  list.classList.remove("kb-end");
  list.classList.toggle("kb-end", list.getBoundingClientRect().right > document.documentElement.clientWidth - 8);
}

const typed = { text: "", at: 0 };
function spell(letter) {
  typed.text = Date.now() - typed.at < 900 ? typed.text + letter : letter;
  typed.at = Date.now();
  return typed.text;
}

function walkOptions(event) {
  const pick = event.target.closest?.(".kb-pick[open]");
  if (!pick || event.metaKey || event.ctrlKey || event.altKey) return;
  const options = [...pick.querySelectorAll("a")];
  const at = options.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") {
    pick.open = false;
    typed.text = "";
    pick.querySelector("summary").focus();
  } else if (step) {
    options[Math.min(Math.max(at + step, 0), options.length - 1)].focus();
  } else if (event.key.length === 1 && event.key !== " ") {
    const start = spell(fold(event.key));
    options.find((option) => fold(option.textContent).startsWith(start))?.focus();
  } else return;
  event.preventDefault();
}

function fold(text) {
  return text.toLowerCase().replaceAll("ё", "е");
}

// «Найти»: a combobox as WAI-ARIA describes it; every word that was typed begins a word of the place's name.
const SHOWN = 50;
function words_of(text) {
  return fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean).map((word) => ` ${word}`);
}

function found(text) {
  const words = words_of(text);
  return JSON.parse(app.places)
    .map(([label, href]) => ({ label, href, name: words_of(label).join("") }))
    .filter((place) => words.every((word) => place.name.includes(word)))
    .sort((one, other) => (words.length ? one.name.indexOf(words[0]) - other.name.indexOf(words[0]) : 0))
    .slice(0, SHOWN);
}

function finder(box) {
  const input = box.querySelector("input"), list = box.querySelector("ul");
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); mark(null); };
  const mark = (option) => {
    list.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    option ? input.setAttribute("aria-activedescendant", option.id) : input.removeAttribute("aria-activedescendant");
  };
  const show = () => {
    const places = found(input.value);
    list.replaceChildren(...places.map(({ label, href }, i) => {
      const option = document.createElement("li");
      Object.assign(option, { id: `kb-found-${i}`, role: "option", textContent: label });
      option.dataset.go = href;
      return option;
    }));
    const { left, bottom } = input.getBoundingClientRect();  // the menu would cut off what is wider than itself
    Object.assign(list.style, { left: `${left}px`, top: `${bottom}px` });
    list.dataset.empty = places.length ? "" : "Ничего не найдено";
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(input.value ? list.firstElementChild : null);
  };
  const leave = () => { input.value = ""; close(); input.blur(); };
  const steer = (event) => {
    const marked = list.querySelector("[aria-selected=true]");
    if (event.key === "ArrowDown") list.hidden ? show() : mark(marked ? marked.nextElementSibling ?? marked : list.firstElementChild);
    else if (event.key === "ArrowUp") mark(marked?.previousElementSibling ?? list.lastElementChild);
    else if (event.key === "Enter" && marked) { const target = marked.dataset.go; leave(); go(target); }
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
  };
  input.addEventListener("focus", show);
  input.addEventListener("input", show);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", steer);
  list.addEventListener("mousedown", (event) => event.preventDefault());  // the field keeps the focus until the click
  list.addEventListener("click", leave);
}

function find(event) {
  if (event.key !== "/" || event.target.closest("input, textarea, [contenteditable=true]")) return;
  const input = document.querySelector(".kb-finder input");
  if (!input) return;
  event.preventDefault();
  input.focus();
}

// The server chooses the colours of what it draws: when the system turns dark in the evening, the page is asked for anew.
function watchAppearance() {
  const page = document.querySelector(".stApp");
  const shown = () => getComputedStyle(page).colorScheme;
  let last = shown();
  new MutationObserver(() => {
    if (shown() !== last) app.redraw((last = shown()));
  }).observe(page, { attributeFilter: ["class"] });
}

function start() {
  document.documentElement.lang = "ru";
  noteVisit();
  translate(document.body);
  watchAppearance();
  document.addEventListener("click", (event) => closeAll(event.target.closest?.(".kb-pick")), true);
  document.addEventListener("click", follow, true);
  document.addEventListener("kb-go", (event) => go(event.detail));  // a mark of a chart
  document.addEventListener("click", copy);
  document.addEventListener("click", save);
  document.addEventListener("keydown", find);
  document.addEventListener("keydown", walkOptions);
  document.addEventListener("toggle", keepInside, true);
  // Charts come as hundreds of small drawings, which have nothing to translate.
  new MutationObserver((changes) =>
    changes.forEach((change) => change.addedNodes.forEach((node) => node instanceof HTMLElement && translate(node))),
  ).observe(document.body, { childList: true, subtree: true });
  app.isStarted = true;
}

export default function ({ data, setTriggerValue, parentElement }) {
  Object.assign(app, data, {
    go: (target) => setTriggerValue("go", target),
    redraw: (appearance) => setTriggerValue("appearance", appearance),
  });
  if (!app.isStarted) start();
  const box = parentElement.querySelector(".kb-finder");
  if (box && !box.dataset.isReady) {
    box.dataset.isReady = "yes";
    finder(box);
  }
}
