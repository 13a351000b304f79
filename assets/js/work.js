// Drafting: only the fields of the outcome, texts at hand, the paper as it grows, what is typed kept in this tab.
(() => {
  "use strict";

  const outcome = (form) => {
    const name = form.dataset.outcome;
    if (!name) return;
    const marked = [...document.querySelectorAll("[data-for]")];
    const show = () => {
      const chosen = form.querySelector(`[name='${name}']:checked`)?.value ?? "";
      for (const one of marked) {
        const wanted = one.dataset.for.split(" ").includes(chosen);
        (one.closest(".field") || one).hidden = !wanted;
        if ("disabled" in one) one.disabled = !wanted;
      }
    };
    form.addEventListener("change", show);
    show();
  };

  const inserting = (form) => {
    for (const button of document.querySelectorAll("[data-insert]")) {
      const box = document.getElementById(button.dataset.into);
      const text = document.getElementById(button.dataset.insert);
      if (!box || !text) continue;
      button.hidden = false;
      button.addEventListener("click", () => {
        const at = box.selectionStart ?? box.value.length;
        box.setRangeText(text.textContent, at, box.selectionEnd ?? at, "end");
        box.focus();
        form.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }
  };

  // Kept in this tab only: a request's words are in no store that outlives it.
  const keeping = (form) => {
    const key = `draft:${form.dataset.keep}:${form.querySelector("[name='position']")?.value ?? ""}`;
    const note = document.querySelector("[data-kept]");
    const version = form.querySelector("[name='version']")?.value ?? "";
    const fields = () => [...form.elements].filter((one) => one.name && !["hidden", "submit", "button", "file"].includes(one.type));
    const tell = (words) => { if (note) { note.hidden = false; note.textContent = words; } };
    const kept = JSON.parse(sessionStorage.getItem(key) || "null");
    if (kept && kept.version === version && !document.querySelector(".errors")) {
      for (const one of fields()) {
        if (!(one.name in kept.values)) continue;
        if (one.type === "radio" || one.type === "checkbox") one.checked = kept.values[one.name].includes(one.value);
        else one.value = kept.values[one.name][0] ?? "";
      }
      form.dispatchEvent(new Event("change"));
      tell("已恢复上次没有保存的内容。");
    }
    let waiting = 0;
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        const values = {};
        for (const one of fields()) {
          values[one.name] ??= [];
          if ((one.type !== "radio" && one.type !== "checkbox") || one.checked) values[one.name].push(one.value);
        }
        sessionStorage.setItem(key, JSON.stringify({ version, values }));
        tell("已自动保存在本标签页。");
      }, 600);
    });
    form.addEventListener("submit", (event) => {
      if (event.submitter?.name !== "preview") sessionStorage.removeItem(key);
    });
  };

  const previewing = (form) => {
    const box = document.getElementById(form.dataset.preview);
    const note = document.querySelector("[data-preview-note]");
    if (!box) return;
    let waiting = 0;
    let running = false;
    let again = false;
    const draw = async () => {
      if (running) { again = true; return; }
      running = true;
      try {
        const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Preview": "1" } });
        const { pages, problem } = await answer.json();
        if (pages.length) {
          box.replaceChildren(...pages.map((source, index) => {
            const image = document.createElement("img");
            image.src = source;
            image.alt = `文书稿第 ${index + 1} 页`;
            return image;
          }));
        }
        if (note) note.textContent = problem || "随填写更新，保存前不影响已有的稿子。";
      } catch {
        if (note) note.textContent = "文书稿暂时无法显示，请按“预览文书”。";
      }
      running = false;
      if (again) { again = false; draw(); }
    };
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(draw, 700);
    });
    if (form.querySelector("[name='kind']:checked")) draw();
  };

  document.addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector("form[data-outcome]");
    if (!form) return;
    outcome(form);
    inserting(form);
    keeping(form);
    previewing(form);
  });
})();
