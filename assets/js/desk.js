// The redaction desk: boxes by mouse, touch and keyboard, undo, saving by itself. Without this file the list of places does it.
(() => {
  "use strict";
  const NS = "http://www.w3.org/2000/svg";
  const SAVE_AFTER = 800;
  const ASK_EVERY = 8000;
  const SMALLEST = 6;

  const start = () => {
    const root = document.querySelector("[data-desk]");
    const told = document.getElementById("desk-data");
    if (!root || !told) return;
    const data = JSON.parse(told.textContent);
    if (!data.can_edit) return;
    desk(root, data);
  };

  const desk = (root, data) => {
    const grounds = data.grounds;
    const tools = root.querySelector("[data-tools]");
    const ground = root.querySelector("[data-ground]");
    // Only where somebody who is consulted says why; an office has its grounds.
    const reason = root.querySelector("[data-reason]");
    const status = root.querySelector("[data-status]");
    const undoButton = root.querySelector("[data-undo]");
    const removeButton = root.querySelector("[data-remove]");
    const list = root.querySelector("[data-words]");
    const stale = root.querySelector("[data-copy-stale]");
    const sheets = new Map([...root.querySelectorAll("[data-sheet]")].map((node) => [Number(node.dataset.sheet), sheetOf(node)]));
    const token = document.querySelector("input[name='csrfmiddlewaretoken']");
    let count = 0;
    let marks = { boxes: [], words: [], pages: [] };
    let version = 0;
    let chosen = "";
    let past = [];
    let waiting = 0;
    let saving = false;
    // What was done here since the last answer of the server, to be done again on what somebody else saved meanwhile.
    let done = [];

    const name = () => `${Date.now().toString(36)}${(count += 1)}`;
    const named = (rows) => rows.map((row) => ({ ...row, id: row.id || name() }));
    const take = (kept) => {
      version = kept.version;
      marks = { boxes: named(kept.boxes), words: [...kept.words], pages: [...kept.pages] };
    };

    const say = (text) => { status.textContent = text; };

    const change = (step) => {
      past.push(JSON.stringify(marks));
      if (past.length > 100) past.shift();
      step(marks);
      done.push(step);
      changed();
    };
    const changed = () => {
      undoButton.disabled = past.length === 0;
      draw();
      say("正在保存……");
      if (stale) stale.hidden = false;
      clearTimeout(waiting);
      waiting = setTimeout(save, SAVE_AFTER);
    };

    const save = async () => {
      if (saving) {
        waiting = setTimeout(save, SAVE_AFTER);
        return;
      }
      saving = true;
      const sent = done;
      done = [];
      try {
        const answer = await fetch(root.dataset.marksUrl, {
          method: "POST",
          headers: { "Content-Type": "application/json", "X-CSRFToken": token ? token.value : "" },
          body: JSON.stringify({ seen: version, marks }),
        });
        const kept = await answer.json();
        if (answer.ok) {
          version = kept.version;
          say(`已保存（${marks.boxes.length + marks.words.length + marks.pages.length}处）`);
        } else if (answer.status === 409 && kept.marks && kept.marks.version !== version) {
          take(kept.marks);
          past = [];
          undoButton.disabled = true;
          done = [...sent, ...done];
          for (const step of done) step(marks);
          say(`${kept.marks.by || "其他人"}刚刚也有改动，已经合并，正在保存……`);
          clearTimeout(waiting);
          waiting = setTimeout(save, SAVE_AFTER);
          draw();
        } else {
          done = [...sent, ...done];
          say(`没有保存：${kept.sentence || "请刷新页面"}`);
        }
      } catch {
        done = [...sent, ...done];
        say("没有保存：网络不通，稍后自动重试");
        waiting = setTimeout(save, ASK_EVERY);
      }
      saving = false;
    };

    // Somebody else's boxes appear by themselves while nothing of one's own is on its way.
    const ask = async () => {
      if (document.hidden || saving || done.length) return;
      try {
        const answer = await fetch(root.dataset.marksUrl);
        const kept = answer.ok ? await answer.json() : null;
        if (kept && kept.version !== version && !saving && !done.length) {
          take(kept);
          past = [];
          undoButton.disabled = true;
          draw();
          say(`${kept.by || "其他人"}有改动，已经更新`);
        }
      } catch {
        // The next round asks again.
      }
    };

    const choose = (id) => {
      chosen = id;
      removeButton.disabled = !id;
      const box = marks.boxes.find((row) => row.id === id);
      if (box) ground.value = box.ground;
      if (box && reason) reason.value = box.reason || "";
      for (const node of root.querySelectorAll("[data-box]")) node.classList.toggle("chosen", node.dataset.box === id);
    };

    const draw = () => {
      const focused = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.box : "";
      for (const [number, sheet] of sheets) {
        const rows = marks.boxes.filter((row) => row.page === number);
        sheet.layer.replaceChildren(...rows.map((row, at) => boxNode(sheet, row, at + 1)));
        const whole = marks.pages.find((row) => row.page === number);
        sheet.whole.hidden = !whole;
        sheet.node.classList.toggle("withheld", Boolean(whole));
        if (whole) sheet.wholeLabel.textContent = grounds[whole.ground];
      }
      list.replaceChildren(...marks.words.map(wordNode));
      if (focused) {
        const again = root.querySelector(`[data-box="${focused}"]`);
        if (again) again.focus({ preventScroll: true });
      }
      choose(marks.boxes.some((row) => row.id === chosen) ? chosen : "");
    };

    const wordNode = (row) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn-link";
      button.textContent = "取消";
      button.setAttribute("aria-label", `取消遮盖“${row.text}”`);
      button.addEventListener("click", () => change((kept) => {
        kept.words = kept.words.filter((one) => one.text !== row.text);
      }));
      item.append(`${row.text}（${grounds[row.ground]}） `, button);
      return item;
    };

    const boxNode = (sheet, row, at) => {
      const place = sheet.onPicture(row.box);
      const group = document.createElementNS(NS, "g");
      group.classList.add("mark");
      group.dataset.box = row.id;
      group.setAttribute("tabindex", "0");
      group.setAttribute("role", "button");
      group.setAttribute("aria-label", `第${row.page}页第${at}个框，${grounds[row.ground]}`);
      const rect = document.createElementNS(NS, "rect");
      for (const side of ["x", "y", "width", "height"]) rect.setAttribute(side, place[side].toFixed(1));
      rect.setAttribute("fill", `url(#hatch-${row.page})`);
      const label = document.createElementNS(NS, "text");
      label.setAttribute("x", place.x.toFixed(1));
      label.setAttribute("y", place.y.toFixed(1));
      const words = grounds[row.ground];
      const size = Math.max(6, Math.min(18, place.height * 0.8, place.width / words.length)).toFixed(1);
      label.setAttribute("dx", "2");
      label.setAttribute("dy", size);
      label.setAttribute("font-size", size);
      label.textContent = words;
      group.append(rect, label);
      group.addEventListener("focus", () => choose(row.id));
      group.addEventListener("keydown", (event) => keys(event, sheet, row));
      return group;
    };

    const remove = (id) => change((kept) => { kept.boxes = kept.boxes.filter((row) => row.id !== id); });

    const put = (id, box) => change((kept) => {
      const row = kept.boxes.find((one) => one.id === id);
      if (row) row.box = box;
    });

    const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const keys = (event, sheet, row) => {
      const way = ARROWS[event.key];
      if (event.key === "Delete" || event.key === "Backspace") {
        event.preventDefault();
        remove(row.id);
      } else if (way) {
        event.preventDefault();
        const place = sheet.onPicture(row.box);
        const step = sheet.width / 200;
        const next = event.shiftKey
          ? { ...place, width: Math.max(SMALLEST, place.width + way[0] * step), height: Math.max(SMALLEST, place.height + way[1] * step) }
          : { ...place, x: place.x + way[0] * step, y: place.y + way[1] * step };
        put(row.id, sheet.inPage(next));
      }
    };

    const add = (sheet, place) => {
      const row = { id: name(), page: sheet.number, box: sheet.inPage(place), ground: ground.value, reason: reason ? reason.value : "" };
      chosen = row.id;
      change((kept) => { kept.boxes.push({ ...row }); });
      return row.id;
    };

    const drawing = (sheet) => {
      let from = null;
      let ghost = null;
      const at = (event) => {
        const frame = sheet.svg.getBoundingClientRect();
        return {
          x: Math.min(sheet.width, Math.max(0, (event.clientX - frame.left) * sheet.width / frame.width)),
          y: Math.min(sheet.height, Math.max(0, (event.clientY - frame.top) * sheet.height / frame.height)),
        };
      };
      const between = (one, other) => ({
        x: Math.min(one.x, other.x),
        y: Math.min(one.y, other.y),
        width: Math.abs(one.x - other.x),
        height: Math.abs(one.y - other.y),
      });
      const end = () => {
        if (ghost) ghost.remove();
        from = null;
        ghost = null;
      };
      sheet.svg.addEventListener("pointerdown", (event) => {
        if (event.button !== 0 || (event.pointerType === "touch" && !root.classList.contains("touching"))) return;
        const hit = event.target.closest("[data-box]");
        if (hit) {
          hit.focus({ preventScroll: true });
          choose(hit.dataset.box);
          return;
        }
        event.preventDefault();
        from = at(event);
        ghost = document.createElementNS(NS, "rect");
        ghost.classList.add("ghost");
        sheet.svg.append(ghost);
        sheet.svg.setPointerCapture(event.pointerId);
      });
      sheet.svg.addEventListener("pointermove", (event) => {
        if (!from) return;
        const place = between(from, at(event));
        for (const side of ["x", "y", "width", "height"]) ghost.setAttribute(side, place[side].toFixed(1));
      });
      sheet.svg.addEventListener("pointerup", (event) => {
        if (!from) return;
        const place = between(from, at(event));
        end();
        if (place.width >= SMALLEST && place.height >= SMALLEST) add(sheet, place);
      });
      sheet.svg.addEventListener("pointercancel", end);
    };

    for (const sheet of sheets.values()) {
      sheet.node.querySelector("[data-sheet-tools]").hidden = false;
      sheet.svg.classList.add("drawable");
      drawing(sheet);
      sheet.node.querySelector("[data-add-box]").addEventListener("click", () => {
        const id = add(sheet, { x: sheet.width * 0.3, y: sheet.height * 0.3, width: sheet.width * 0.4, height: sheet.height * 0.04 });
        const node = root.querySelector(`[data-box="${id}"]`);
        if (node) node.focus();
      });
      sheet.node.querySelector("[data-toggle-whole]").addEventListener("click", () => {
        const picked = ground.value;
        const why = reason ? reason.value : "";
        change((kept) => {
          const has = kept.pages.some((row) => row.page === sheet.number);
          kept.pages = kept.pages.filter((row) => row.page !== sheet.number);
          if (!has) kept.pages.push({ page: sheet.number, ground: picked, reason: why });
        });
      });
    }
    ground.addEventListener("change", () => {
      const picked = ground.value;
      const id = chosen;
      if (!id) return;
      change((kept) => {
        const row = kept.boxes.find((one) => one.id === id);
        if (row) row.ground = picked;
      });
    });
    if (reason) reason.addEventListener("change", () => {
      const said = reason.value;
      const id = chosen;
      if (!id) return;
      change((kept) => {
        const row = kept.boxes.find((one) => one.id === id);
        if (row) row.reason = said;
      });
    });
    removeButton.addEventListener("click", () => { if (chosen) remove(chosen); });
    const undo = () => {
      if (!past.length) return;
      const former = JSON.parse(past.pop());
      marks = former;
      done.push((kept) => Object.assign(kept, JSON.parse(JSON.stringify(former))));
      changed();
    };
    undoButton.addEventListener("click", undo);
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key === "z" && !event.target.closest("input, textarea, select")) {
        event.preventDefault();
        undo();
      }
    });
    window.addEventListener("beforeunload", (event) => { if (done.length || saving) event.preventDefault(); });

    // With a finger the page scrolls, unless drawing is switched on.
    const finger = root.querySelector("[data-finger]");
    if (window.matchMedia("(any-pointer: coarse)").matches) finger.hidden = false;
    finger.addEventListener("click", () => {
      const on = root.classList.toggle("touching");
      finger.setAttribute("aria-pressed", String(on));
    });

    take(data.marks);
    tools.hidden = false;
    const plain = document.querySelector("[data-without-script]");
    if (plain) plain.hidden = true;
    draw();
    say(marks.boxes.length || marks.words.length || marks.pages.length ? "已保存" : "没有改动");
    setInterval(ask, ASK_EVERY);
  };

  // A page: its picture's size, and how places of the page's own space lie on it.
  const sheetOf = (node) => {
    const [ox, oy, rx, ry, dx, dy] = node.dataset.space.split(" ").map(Number);
    const width = Number(node.dataset.width);
    const height = Number(node.dataset.height);
    const whole = rx * dy - ry * dx || 1;
    const share = (x, y) => [((x - ox) * dy - (y - oy) * dx) / whole, (rx * (y - oy) - ry * (x - ox)) / whole];
    const point = (across, down) => [ox + across * rx + down * dx, oy + across * ry + down * dy];
    return {
      node,
      width,
      height,
      number: Number(node.dataset.sheet),
      svg: node.querySelector(".sheet-marks"),
      layer: node.querySelector("[data-boxes]"),
      whole: node.querySelector("[data-whole]"),
      wholeLabel: node.querySelector("[data-whole-label]"),
      onPicture: (box) => {
        const one = share(box[0], box[1]);
        const other = share(box[2], box[3]);
        return {
          x: Math.min(one[0], other[0]) * width,
          y: Math.min(one[1], other[1]) * height,
          width: Math.abs(one[0] - other[0]) * width,
          height: Math.abs(one[1] - other[1]) * height,
        };
      },
      inPage: (place) => {
        const one = point(place.x / width, place.y / height);
        const other = point((place.x + place.width) / width, (place.y + place.height) / height);
        const sides = [Math.min(one[0], other[0]), Math.min(one[1], other[1]), Math.max(one[0], other[0]), Math.max(one[1], other[1])];
        return sides.map((side) => Math.round(side * 100) / 100);
      },
    };
  };

  document.addEventListener("DOMContentLoaded", start);
})();
