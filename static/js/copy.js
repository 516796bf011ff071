/* Copies the text of a field in one press. Without this the reader marks the text as usual, and no button is shown. */
(() => {
  if (!navigator.clipboard) return;

  const copy = async (button) => {
    const field = document.getElementById(button.dataset.copies);
    const told = button.parentElement.querySelector("[aria-live]");
    try {
      await navigator.clipboard.writeText(field.value);
      told.textContent = "Kopierat.";
    } catch {
      field.select();
      told.textContent = "Det gick inte. Texten är markerad, kopiera den på vanligt sätt.";
    }
  };

  document.querySelectorAll("[data-copies]").forEach((button) => {
    button.parentElement.hidden = false;
    button.addEventListener("click", () => copy(button));
  });
})();
