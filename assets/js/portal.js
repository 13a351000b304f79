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

  // While a title is typed: what has been answered already. Only the title is asked with; without it, a link remains.
  const similar = () => {
    for (const box of document.querySelectorAll("[data-similar]")) {
      const field = document.getElementById(box.dataset.similarFrom);
      const list = box.querySelector("ul");
      if (!field || !list) continue;
      (field.closest(".field") || field).after(box);
      let waiting = 0;
      let asked = "";
      const show = (rows) => {
        list.replaceChildren(...rows.map((row) => {
          const item = document.createElement("li");
          const link = document.createElement("a");
          link.href = row.url;
          link.target = "_blank";
          link.rel = "noopener";
          link.textContent = row.title;
          item.append(link, `（${row.unit}）`);
          return item;
        }));
        list.hidden = rows.length === 0;
      };
      const ask = async () => {
        const words = field.value.trim().slice(0, 60);
        if (words === asked) return;
        asked = words;
        if (words.length < 4) {
          show([]);
          return;
        }
        try {
          const answer = await fetch(`${box.dataset.similar}?${new URLSearchParams({ q: words })}`);
          if (answer.ok && words === asked) show((await answer.json()).results);
        } catch {
          show([]);
        }
      };
      field.addEventListener("input", () => {
        clearTimeout(waiting);
        waiting = setTimeout(ask, 500);
      });
      ask();
    }
  };

  // While a word is typed into a finder: titles that have it, by sign or by the first letters of their pinyin.
  const suggesting = () => {
    for (const field of document.querySelectorAll("input[data-suggest]")) {
      const list = document.getElementById(field.getAttribute("list"));
      if (!list) continue;
      let waiting = 0;
      const ask = async () => {
        const words = field.value.trim();
        if (words.length < 1 || words.length > 40) return;
        try {
          const answer = await fetch(`${field.dataset.suggest}?${new URLSearchParams({ q: words })}`);
          if (!answer.ok || words !== field.value.trim()) return;
          const { titles } = await answer.json();
          list.replaceChildren(...titles.map((title) => {
            const option = document.createElement("option");
            option.value = title;
            // A browser shows only what has the typed signs; typed letters stand for pinyin.
            if (/^[a-z]+$/i.test(words)) option.label = `${words} ${title}`;
            return option;
          }));
        } catch {
          list.replaceChildren();
        }
      };
      field.addEventListener("input", () => {
        clearTimeout(waiting);
        waiting = setTimeout(ask, 250);
      });
    }
  };

  // A board that stays open keeps its numbers; it asks only while it is looked at.
  const live = () => {
    for (const box of document.querySelectorAll("[data-live]")) {
      const renew = async () => {
        if (document.hidden) return;
        try {
          const answer = await fetch(box.dataset.live);
          if (!answer.ok) return;
          for (const [name, count] of Object.entries(await answer.json())) {
            const field = box.querySelector(`[data-count="${name}"]`);
            if (field && field.textContent !== String(count)) field.textContent = count;
          }
        } catch {
          // The next round asks again.
        }
      };
      setInterval(renew, 30000);
    }
  };

  // Many files at once take a while: how much of them has left.
  const progress = () => {
    for (const form of document.querySelectorAll("form[data-progress]")) {
      const line = form.querySelector("[data-upload-progress]");
      form.addEventListener("submit", (event) => {
        const files = [...form.querySelectorAll("input[type='file']")].flatMap((field) => [...field.files]);
        if (!files.length || !line || event.defaultPrevented) return;
        const size = files.reduce((sum, file) => sum + file.size, 0) / 1048576;
        line.hidden = false;
        line.textContent = `正在上传和检查${files.length}个文件（共${size.toFixed(1)} MB），请稍候……`;
      });
    }
  };

  const checkAll = () => {
    for (const button of document.querySelectorAll("[data-check-all]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        const boxes = [...button.form.querySelectorAll(`input[name='${button.dataset.checkAll}']`)];
        const all = boxes.every((box) => box.checked);
        for (const box of boxes) box.checked = !all;
      });
    }
  };

  // Reading aloud with the browser's own voice: nothing leaves the machine.
  const speaking = () => {
    const button = document.querySelector("[data-speak]");
    const source = button && document.querySelector(button.dataset.speak);
    if (!source || !window.speechSynthesis) return;
    button.hidden = false;
    let on = false;
    const show = (reading) => {
      on = reading;
      button.textContent = reading ? "停止朗读" : "朗读";
      button.setAttribute("aria-pressed", String(reading));
    };
    show(false);
    button.addEventListener("click", () => {
      speechSynthesis.cancel();
      if (on) {
        show(false);
        return;
      }
      const parts = [...source.querySelectorAll("h1, h2, h3, h4, p, li")].map((part) => part.textContent.trim()).filter(Boolean);
      parts.forEach((text, index) => {
        const said = new SpeechSynthesisUtterance(text);
        said.lang = "zh-CN";
        if (index === parts.length - 1) said.addEventListener("end", () => show(false));
        speechSynthesis.speak(said);
      });
      show(parts.length > 0);
    });
    window.addEventListener("pagehide", () => speechSynthesis.cancel());
  };

  // Guests prove a little work: the browser finds the number whose digest was asked for, and puts it into the form.
  const prove = () => {
    for (const form of document.querySelectorAll("form[data-proof]")) {
      const asked = JSON.parse(form.dataset.proof);
      const field = form.querySelector("input[name='proof']");
      if (!field || !window.crypto || !crypto.subtle) continue;
      const salt = asked.salt.endsWith("&") ? asked.salt : `${asked.salt}&`;
      const encoder = new TextEncoder();
      const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      const solve = async () => {
        for (let number = 0; number <= asked.maxnumber; number += 1) {
          const digest = await crypto.subtle.digest("SHA-256", encoder.encode(`${salt}${number}`));
          if (hex(digest) !== asked.challenge) continue;
          const { algorithm, challenge, salt: given, signature } = asked;
          field.value = btoa(JSON.stringify({ algorithm, challenge, number, salt: given, signature }));
          return;
        }
      };
      const solved = solve();
      form.addEventListener("submit", (event) => {
        if (field.value) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        solved.then(() => form.requestSubmit(event.submitter || undefined));
      }, { capture: true });
    }
  };

  // Keys of the signer's screen: only while nothing is typed into, and never with a modifier.
  const keys = () => {
    const marked = [...document.querySelectorAll("[data-key]")];
    if (!marked.length) return;
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, textarea, select, [contenteditable]");
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
      const found = marked.find((one) => one.dataset.key === event.key);
      if (!found) return;
      if (event.key === "Enter") {
        // Enter on a link or a button is that one's own; elsewhere it brings the reader to the button, and signs with the next.
        if (event.target.closest("a, button, summary")) return;
        event.preventDefault();
        found.focus();
        return;
      }
      event.preventDefault();
      found.click();
      const details = found.closest("details");
      if (details && details.open) details.querySelector("textarea, dl")?.focus?.();
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    keys();
    menu();
    errors();
    prove();
    once();
    guard();
    printing();
    similar();
    suggesting();
    speaking();
    live();
    progress();
    checkAll();
  });
})();
