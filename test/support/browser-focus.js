// Evaluated in a page after each press of Tab: where the focus is, and what marks it. `null` outside of the page.
(() => {
  const element = document.activeElement;
  if (element === null || element === document.body || element === document.documentElement) return null;
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
  const { top, bottom } = element.getBoundingClientRect();
  element.dataset.visited ??= String(document.querySelectorAll('[data-visited]').length + 1);
  return {
    place: Number(element.dataset.visited),
    name: `${element.localName} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60)}"`,
    marked:
      outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2 && !/^rgba.*, 0\)$/.test(outlineColor),
    inSight: bottom > 0 && top < window.innerHeight,
  };
})();
