// The search box has the focus when the page opens; arrow keys go from it through the cards and back, Esc to the box.
(() => {
  const BOX = "__BOX__", CARD = "__CARD__";
  const box = () => document.querySelector(`.st-key-${BOX} input`);
  const cards = () => [...document.querySelectorAll(`[class*="st-key-${CARD}"] button`)];
  const go = (target) => { target.focus(); target.scrollIntoView({ block: "nearest" }); };
  const step = (event) => {
    const all = [box(), ...cards()].filter(Boolean);
    const here = all.indexOf(document.activeElement);
    if (here < 0 || !box()) return;
    if (event.key === "Escape" && here > 0) { go(all[0]); event.preventDefault(); }
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = move && all[here + move];
    if (next) { go(next); event.preventDefault(); }
  };
  if (!window.kinsightKeys) { window.kinsightKeys = true; document.addEventListener("keydown", step); }
  const wait = (left) => box() ? box().focus() : left && setTimeout(wait, 50, left - 1);
  wait(40);
})();
