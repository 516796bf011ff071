"""The demo: a living example municipality on one's own computer. Installed only when settings.DEMO."""
