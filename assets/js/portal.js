// Progressive enhancement only: every page works without this file.
(() => {
  "use strict";
  document.documentElement.classList.add("js");

  const menu = () => {
    const button = document.querySelector(".menu-button");
    if (!button) return;
    button.addEventListener("click", () => {
      button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true"));
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && button.getAttribute("aria-expanded") === "true") {
        button.setAttribute("aria-expanded", "false");
        button.focus();
      }
    });
  };

  const errors = () => {
    const summary = document.querySelector(".errors");
    if (!summary) return;
    summary.focus();
    summary.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      const field = link && document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      (field.closest(".field") || field).scrollIntoView();
      field.focus({ preventScroll: true });
    });
  };

  // A second click does nothing; the server's own key makes one case of two submissions anyway.
  const once = () => {
    for (const form of document.querySelectorAll("form[method='post']")) {
      form.addEventListener("submit", (event) => {
        if (form.dataset.sent) {
          event.preventDefault();
          return;
        }
        form.dataset.sent = "1";
        setTimeout(() => {
          for (const button of form.querySelectorAll("button[type='submit']")) button.disabled = true;
        });
      });
    }
    // Coming back by the browser's own button finds the form usable again.
    window.addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      for (const form of document.querySelectorAll("form[data-sent]")) {
        delete form.dataset.sent;
        for (const button of form.querySelectorAll("button[type='submit']")) button.disabled = false;
      }
    });
  };

  const guard = () => {
    for (const form of document.querySelectorAll("form[data-guard]")) {
      let touched = false;
      form.addEventListener("input", () => { touched = true; });
      form.addEventListener("submit", () => { touched = false; });
      window.addEventListener("beforeunload", (event) => { if (touched) event.preventDefault(); });
    }
  };

  const printing = () => {
    for (const button of document.querySelectorAll("[data-print]")) {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    menu();
    errors();
    once();
    guard();
    printing();
  });
})();
