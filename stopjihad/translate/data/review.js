"use strict";
(() => {
  const root = document.body;
  const rows = [...document.querySelectorAll(".row")];
  const by = document.getElementById("by");
  const role = document.getElementById("role");
  const count = document.getElementById("count");
  const graphemes = window.Intl && Intl.Segmenter
    ? new Intl.Segmenter(root.dataset.language, { granularity: "grapheme" }) : null;
  let unsaved = false;

  const part = (row, name) => row.querySelector(`[data-part="${name}"]`);
  const verdict = (row) => row.querySelector("input[type=radio]:checked")?.value || "";
  const length = (text) => graphemes ? [...graphemes.segment(text)].length : [...text].length;

  function state(row) {
    const words = part(row, "translation").value;
    const edited = words.trim() !== part(row, "translation").defaultValue.trim();
    return { words, edited, verdict: verdict(row), question: part(row, "question").value,
      back: part(row, "back").value };
  }

  function show(row) {
    const now = state(row);
    const meter = part(row, "meter");
    const most = Number(row.dataset.limit);
    if (most) {
      const used = length(now.words.trim());
      meter.textContent = `${used} / ${most}`;
      meter.classList.toggle("over", used > most);
    }
    row.classList.toggle("done", now.verdict === "approve");
    row.classList.toggle("asked", now.verdict === "question" || now.question !== "");
    const done = rows.filter((item) => verdict(item)).length;
    count.textContent = `${done} / ${rows.length}`;
  }

  function result() {
    const touched = [];
    for (const row of rows) {
      const now = state(row);
      if (!now.edited && !now.verdict && !now.question && !now.back) continue;
      const approve = now.verdict === "approve";
      // Who approves a text whose source has changed says that its words still fit.
      const fresh = now.edited || (approve && row.dataset.state === "stale");
      touched.push({ key: row.dataset.key, context: row.dataset.context,
        translation: fresh ? now.words : "",
        approved: approve ? (fresh ? "edited" : row.dataset.digest) : "",
        question: now.question, back: now.back });
    }
    return { format: "stopjihad-review", version: 1, campaign: root.dataset.campaign,
      language: root.dataset.language, by: by.value.trim(), role: role.value.trim(),
      rows: touched };
  }

  function save() {
    if (!by.value.trim() || by.value.includes("@")) {
      by.focus();
      by.setCustomValidity("A name or alias, without an address");
      by.reportValidity();
      return;
    }
    const blob = new Blob([JSON.stringify(result(), null, 1)], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${root.dataset.campaign}-${root.dataset.language}-review.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    unsaved = false;
  }

  async function load(file) {
    const saved = JSON.parse(await file.text());
    by.value = saved.by || "";
    role.value = saved.role || "";
    const found = new Map((saved.rows || []).map((item) => [item.key, item]));
    for (const row of rows) {
      const item = found.get(row.dataset.key);
      if (!item) continue;
      if (item.translation) part(row, "translation").value = item.translation;
      part(row, "question").value = item.question || "";
      part(row, "back").value = item.back || "";
      const chosen = item.approved ? "approve" : item.question ? "question"
        : item.translation ? "change" : "";
      const radio = chosen && row.querySelector(`input[value="${chosen}"]`);
      if (radio) radio.checked = true;
      show(row);
    }
  }

  document.addEventListener("input", (event) => {
    const row = event.target.closest(".row");
    by.setCustomValidity("");
    unsaved = true;
    if (!row) return;
    const now = state(row);
    if (event.target.dataset.part === "translation" && now.edited && !now.verdict) {
      row.querySelector('input[value="change"]').checked = true;
    }
    if (event.target.dataset.part === "question" && now.question && !now.verdict) {
      row.querySelector('input[value="question"]').checked = true;
    }
    show(row);
  });
  document.getElementById("save").addEventListener("click", save);
  document.getElementById("open").addEventListener("change", (event) => {
    if (event.target.files[0]) load(event.target.files[0]).catch(() => alert("This file cannot be read."));
  });
  document.getElementById("filter").addEventListener("change", (event) => {
    for (const row of rows) {
      row.classList.toggle("hidden", event.target.value !== "" && row.dataset.state !== event.target.value);
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
  rows.forEach(show);
})();
