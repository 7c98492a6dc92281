// A run of a page's text and charts. What has not changed is not touched, and a chart that follows a chart is redrawn in its place.
const KINDS = { text: writeText, chart: drawChart };

export default function ({ data, parentElement }) {
  const sheet = parentElement.querySelector(".kb-sheet");
  const pieces = JSON.parse(new TextDecoder().decode(data));
  pieces.forEach((piece, place) => put(sheet, place, ...piece));
  while (sheet.children.length > pieces.length) remove(sheet.lastElementChild);
}

function put(sheet, place, kind, content) {
  let box = sheet.children[place];
  if (box?.dataset.kind !== kind) {
    const fresh = Object.assign(document.createElement("div"), { className: kind === "text" ? "kb" : "kb-chart" });
    fresh.dataset.kind = kind;
    if (kind === "chart") whenSized.observe(fresh);
    sheet.insertBefore(fresh, box ?? null);
    if (box) remove(box);
    box = fresh;
  }
  if (box.content === content) return;
  box.content = content;
  KINDS[kind](box, content);
}

function remove(box) {
  whenSized.unobserve(box);
  if (box.figure) window.Plotly.purge(box.figure);
  box.remove();
}

// All that comes from data is escaped on the server; a browser that can, takes out what could be run once more.
const ALL_THAT_IS_SAFE = { removeElements: [], removeAttributes: [] };

function writeText(box, text) {
  if (box.setHTML) box.setHTML(text, { sanitizer: ALL_THAT_IS_SAFE });
  else box.innerHTML = text;
}

function drawChart(box, text) {
  box.chart = JSON.parse(text);
  box.setAttribute("role", "figure");
  box.setAttribute("aria-label", box.chart.alt);
  box.style.height = `${box.chart.layout.height}px`; // what stands below does not move when the chart comes
  draw(box);
}

// A chart is drawn when it has a width, so one in a closed fold waits; then it follows the width of the page.
const whenSized = new ResizeObserver((seen) => {
  for (const { target, contentRect } of seen) {
    target.width = contentRect.width; // kept: to ask again would lay the page out once more
    draw(target);
  }
});

async function draw(box) {
  const { chart, width, drawn } = box;
  if (!width || (drawn?.chart === chart && drawn.width === width)) return;
  const wanted = (box.drawn = { chart, width });
  const Plotly = await library(chart.library).catch(() => null);
  if (box.drawn !== wanted || !box.isConnected) return; // another was asked for meanwhile
  if (!Plotly) {
    box.textContent = "Рисунок не загрузился: нет связи с «Кабинетом». Обновите страницу.";
    return;
  }
  const isFirst = !box.figure;
  if (isFirst) box.figure = box.appendChild(document.createElement("div"));
  await Plotly.react(box.figure, chart.data, { ...chart.layout, width }, chart.config);
  if (isFirst) box.figure.on("plotly_click", leave);
}

function library(address) {
  return (window.kabinetLibrary ??= new Promise((resolve, reject) => {
    const onload = () => resolve(window.Plotly);
    document.head.append(Object.assign(document.createElement("script"), { src: address, onload, onerror: reject }));
  }));
}

// Marks say where they lead in their data.
function leave({ points, event }) {
  const target = points.map((point) => [point.customdata].flat()[0]).find((data) => data && typeof data === "string");
  if (!target) return;
  window.Plotly.Fx.unhover(event.target.closest(".js-plotly-plot"));
  event.target.dispatchEvent(new CustomEvent("kb-go", { bubbles: true, detail: target }));
}
