([formNumber, buttonNumber]) => {
  const posted = [...document.querySelectorAll("form")].filter(form => form.method === "post");
  const form = posted[formNumber];
  if (!form) return null;
  const buttons = [...form.querySelectorAll("button, input[type=submit]")].filter(b => (b.type || "submit") === "submit");
  const button = buttons[buttonNumber];
  if (!button || button.disabled) return null;
  form.dataset.crawled = "1";
  form.noValidate = true;
  const today = new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });
  const chosen = new Set();
  const words = { email: "crawl@example.org", tel: "13800138000", url: "https://www.example.org/", date: today,
    "datetime-local": today + "T10:00", time: "10:00", month: today.slice(0, 7), color: "#005ea5" };
  for (const field of form.elements) {
    if (!field.name || field.disabled || ["hidden", "submit", "button", "file", "image"].includes(field.type)) continue;
    if (field.type === "radio" || field.type === "checkbox") {
      if (field.type === "checkbox" ? field.required || !chosen.has(field.name) : !chosen.has(field.name)) field.checked = true;
      chosen.add(field.name);
    } else if (field.tagName === "SELECT") {
      const options = [...field.options].filter(option => option.value && !option.disabled);
      if (!field.value && options.length) options[0].selected = true;
    } else if (!field.value) {
      if (field.type === "number") field.value = field.min || "1";
      else if (words[field.type]) field.value = words[field.type];
      else if (field.type === "password") field.value = "Crawl-3f7a-long";
      else {
        const text = field.inputMode === "numeric" ? "1" : "希望了解本事项的办理情况和依据。";
        field.value = field.maxLength > 0 ? text.slice(0, field.maxLength) : text;
      }
    }
  }
  return button;
}
