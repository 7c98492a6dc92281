// Follows links of the application without reloading the page, and says in Russian what Streamlit says in English.
const RUSSIAN = {
  "No results": "Ничего не найдено",
  "No options to select": "Выбирать не из чего",
  "No options to select.": "Выбирать не из чего",
  "Connecting": "Соединение…",
  "Connection error": "Нет связи с «Кабинетом»",
  "Page not found": "Такой страницы нет",
  "Sidebar": "Меню",
  "App pages": "Страницы",
  "Collapse sidebar": "Свернуть меню",
  "Expand sidebar": "Развернуть меню",
  "Open": "Открыть список",
  "Upload": "Выбрать файлы на диске",
  "Drag and drop files here": "Отпустите файлы здесь",
  "file upload": "Файлы",
  "Selected values": "Выбрано",
};

function translate(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const russian = RUSSIAN[node.nodeValue.trim()];
    if (russian) node.nodeValue = russian;
  }
  for (const element of [root, ...root.querySelectorAll("[aria-label]")]) {
    const russian = RUSSIAN[element.getAttribute("aria-label")];
    if (russian) element.setAttribute("aria-label", russian);
  }
  plainMenu(root);
}

// Streamlit puts the menu's items into a list through elements that no list may hold: its links say enough.
function plainMenu(root) {
  const menu = '[data-testid="stSidebarNavItems"]';
  for (const element of root.querySelectorAll(`${menu}, ${menu} li`)) element.setAttribute("role", "none");
}

// Copies a text shown on the page, and says so on the button.
function copy(event) {
  const button = event.target.closest && event.target.closest("[data-copy]");
  const text = button && document.getElementById(button.dataset.copy);
  if (text) navigator.clipboard.writeText(text.textContent).then(() => { button.textContent = "Скопировано"; });
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

// Where a click leads: a link of a page, or a place in the menu together with the choices that are kept.
function target_of(element, menu) {
  const place = element.closest("[data-go]");
  if (place) return place.dataset.go;
  const link = element.closest('[data-testid="stSidebarNavLink"]');
  const page = link && (new URL(link.href).pathname.split("/").pop() || "");
  return link && menu[page] ? `./${page}?${menu[page]}` : null;
}

export default function (component) {
  const { data, setTriggerValue } = component;
  const follow = (event) => {
    const target = isPlainClick(event) && event.target.closest ? target_of(event.target, data?.menu ?? {}) : null;
    if (!target || String(window.getSelection())) return;
    event.preventDefault();
    event.stopPropagation();
    if (new URL(target, location.href).pathname !== location.pathname) stepOnce(location.pathname);
    setTriggerValue("go", target);
    document.querySelector(".stMain")?.scrollTo(0, 0);
  };
  const find = (event) => {
    const box = document.querySelector('[class*="st-key-finder"] input');
    if (event.key !== "/" || !box || event.target.closest("input, textarea, [contenteditable=true]")) return;
    event.preventDefault();
    box.focus();
  };
  const watcher = new MutationObserver((changes) =>
    changes.forEach((change) => change.addedNodes.forEach((node) => node.nodeType === 1 && translate(node))));
  document.documentElement.lang = "ru";
  noteVisit();
  translate(document.body);
  document.addEventListener("click", follow, true);
  document.addEventListener("click", copy);
  document.addEventListener("keydown", find);
  watcher.observe(document.body, { childList: true, subtree: true });
  return () => {
    document.removeEventListener("click", follow, true);
    document.removeEventListener("click", copy);
    document.removeEventListener("keydown", find);
    watcher.disconnect();
  };
}
