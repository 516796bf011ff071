/* The queue is fetched anew while it is open. Keep what is ticked and unfolded, and the row that is read in its place. */
(() => {
  const IN_PLACE = "#kon li[id]";
  let kept = null;

  const first_in_view = () =>
    [...document.querySelectorAll(IN_PLACE)].find((row) => row.getBoundingClientRect().bottom > 0);

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id !== "kon") return;
    const row = first_in_view();
    kept = {
      ticked: [...document.querySelectorAll("#kon input:checked")].map((box) => box.id),
      open: [...document.querySelectorAll("#kon details[open][id]")].map((each) => each.id),
      row: row?.id,
      top: row?.getBoundingClientRect().top,
    };
  });

  document.addEventListener("htmx:afterSwap", () => {
    if (!kept) return;
    const found = (id) => document.getElementById(id);
    kept.ticked.map(found).forEach((box) => box && (box.checked = true));
    kept.open.map(found).forEach((each) => each && (each.open = true));
    const row = kept.row && found(kept.row);
    if (row && window.scrollY > 0) window.scrollBy(0, row.getBoundingClientRect().top - kept.top);
    kept = null;
  });
})();
