"use strict";
// Without this script the page is whole; it only leaves out questions that are not looked for.
const filter = document.querySelector(".filter");
const choices = [...filter.querySelectorAll("select")];
const words = filter.querySelector("input");
const status = filter.querySelector("[role=status]");
const questions = [...document.querySelectorAll("article")];
const texts = questions.map((question) => question.textContent.toLowerCase());

function apply() {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  questions.forEach((question, index) => {
    const matches =
      wanted.every((word) => texts[index].includes(word)) &&
      choices.every(({ dataset, value }) => {
        const own = question.dataset[dataset.by];
        return !value || own === value || (dataset.by === "verdicts" && own.split(" ").includes(value));
      });
    question.hidden = !matches;
    shown += matches;
  });
  status.textContent = `${shown} of ${questions.length} questions`;
}

function showAll() {
  [words, ...choices].forEach((field) => { field.value = ""; });
  apply();
}

// A link to a question that is left out shows it.
function follow() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && target.closest("article[hidden]")) {
    showAll();
    target.scrollIntoView();
  }
}

if (questions.length) {
  filter.hidden = false;
  filter.addEventListener("input", apply);
  filter.querySelector("button").addEventListener("click", showAll);
  window.addEventListener("hashchange", follow);
  apply();
}
