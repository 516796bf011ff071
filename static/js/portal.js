/* A form that could not be sent: start where the faults are listed. The page works the same without this. */
document.querySelector(".ls-error-summary")?.focus();
