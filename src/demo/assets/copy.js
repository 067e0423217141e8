// Copy buttons stay hidden where there is no script or no clipboard: the text beside them can be selected.
for (const button of document.querySelectorAll('[data-copy]')) {
  if (navigator.clipboard === undefined) break;
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener('click', async () => {
    const source = document.getElementById(button.dataset.copy);
    // Numbers are grouped for the eye; fields take them either way.
    await navigator.clipboard.writeText(source.textContent.trim());
    button.textContent = button.dataset.done;
    setTimeout(() => {
      button.textContent = label;
    }, 1500);
  });
}
