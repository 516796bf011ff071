/* The queue is fetched anew while it is open. Keep what is ticked and unfolded, and the row that is read in its place. */
(() => {
  const IN_PLACE = "#kon li[id]";
  let kept = null;

  /* Where the reader's eye may be, the likeliest first: the row that has the focus, then those that begin in view.
     What is above may grow, and a row may be gone afterwards. */
  const places = () => {
    const focused = document.activeElement.closest(IN_PLACE);
    return [...document.querySelectorAll(IN_PLACE)]
      .map((row) => ({ id: row.id, top: row.getBoundingClientRect().top, focused: row === focused }))
      .filter((place) => place.top >= 0 && place.top < window.innerHeight)
      .sort((one, other) => other.focused - one.focused);
  };

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id !== "kon") return;
    kept = {
      ticked: [...document.querySelectorAll("#kon input:checked")].map((box) => box.id),
      open: [...document.querySelectorAll("#kon details[open][id]")].map((each) => each.id),
      places: places(),
    };
  });

  document.addEventListener("htmx:afterSwap", () => {
    if (!kept) return;
    const found = (id) => document.getElementById(id);
    kept.ticked.map(found).forEach((box) => box && (box.checked = true));
    kept.open.map(found).forEach((each) => each && (each.open = true));
    const place = kept.places.find(({ id }) => found(id));
    if (place && window.scrollY > 0) window.scrollBy(0, found(place.id).getBoundingClientRect().top - place.top);
    kept = null;
  });
})();
