"use strict";
// Search, filter by name and keys over a page that is complete without them.
(() => {
  const byId = (id) => document.getElementById(id);
  const events = [...document.querySelectorAll("main article")];
  const headings = [...document.querySelectorAll("main h2")];
  const buttons = [...document.querySelectorAll("#names button")];
  const search = byId("search");
  const total = byId("count").textContent;
  // Accents and case do not matter to who searches.
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = events.map((event) => fold(event.textContent));
  const entities = events.map((event) => new Set(event.dataset.entities.split(" ")));

  const shown = () => events.filter((event) => !event.hidden);

  const apply = () => {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    const wanted = buttons.filter((b) => b.getAttribute("aria-pressed") === "true").map((b) => b.dataset.entity);
    events.forEach((event, i) => {
      event.hidden = !(words.every((word) => texts[i].includes(word)) && wanted.every((id) => entities[i].has(id)));
    });
    for (const heading of headings) {
      let next = heading.nextElementSibling;
      while (next && next.tagName === "ARTICLE" && next.hidden) next = next.nextElementSibling;
      heading.hidden = !next || next.tagName !== "ARTICLE";
    }
    const left = shown().length;
    byId("none").hidden = left > 0;
    byId("count").textContent = words.length || wanted.length ? `${left} of ${total}` : total;
  };

  const clear = () => {
    search.value = "";
    buttons.forEach((button) => button.setAttribute("aria-pressed", "false"));
    apply();
  };

  const move = (step) => {
    const list = shown();
    if (!list.length) return;
    const at = list.indexOf(document.activeElement);
    const to = at < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + step, 0), list.length - 1);
    list[to].focus();
    list[to].scrollIntoView({ block: "nearest" });
  };

  search.addEventListener("input", apply);
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
  for (const button of buttons) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      apply();
    });
  }

  // What is folded on the screen is open on paper.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = shown().map((e) => e.querySelector("details")).filter((d) => d && !d.open);
    opened.forEach((d) => { d.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((d) => { d.open = false; }));
  byId("print").addEventListener("click", () => print());

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = document.activeElement === search;
    if (event.key === "Escape") {
      clear();
      search.blur();
    } else if (typing) {
      if (event.key === "Enter" || event.key === "ArrowDown") { search.blur(); move(1); event.preventDefault(); }
    } else if (event.key === "/") {
      search.focus();
      event.preventDefault();
    } else if (event.key === "j" || event.key === "k") {
      move(event.key === "j" ? 1 : -1);
    } else if (event.key === "Enter" && events.includes(document.activeElement)) {
      const details = document.activeElement.querySelector("details");
      details.open = !details.open;
    }
  });

  byId("controls").hidden = false;
})();
