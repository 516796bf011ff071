/* A picture in the clipboard becomes one of the form's files. Without this the file is chosen instead. */
document.addEventListener("paste", (event) => {
  const form = document.querySelector("form[data-paste-into]");
  const field = form && document.getElementById(form.dataset.pasteInto);
  const pasted = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
  if (!field || !pasted.length) return;
  event.preventDefault();
  const files = new DataTransfer();
  [...field.files, ...pasted].forEach((file) => files.items.add(file));
  field.files = files.files;
});
