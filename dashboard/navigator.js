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

export default function (component) {
  const { setTriggerValue } = component;
  const follow = (event) => {
    const place = isPlainClick(event) && event.target.closest && event.target.closest("[data-go]");
    if (!place || String(window.getSelection())) return;
    event.preventDefault();
    if (new URL(place.dataset.go, location.href).pathname !== location.pathname) stepOnce(location.pathname);
    setTriggerValue("go", place.dataset.go);
    document.querySelector(".stMain")?.scrollTo(0, 0);
  };
  const watcher = new MutationObserver((changes) =>
    changes.forEach((change) => change.addedNodes.forEach((node) => node.nodeType === 1 && translate(node))));
  document.documentElement.lang = "ru";
  translate(document.body);
  document.addEventListener("click", follow);
  watcher.observe(document.body, { childList: true, subtree: true });
  return () => {
    document.removeEventListener("click", follow);
    watcher.disconnect();
  };
}
