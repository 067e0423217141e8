// Evaluated in a page: answers with what is wrong on it, one sentence each. What axe does not look at.
(() => {
  const LEAST_TARGET = 44;
  // Half a pixel is a matter of rounding.
  const enough = (length) => length >= LEAST_TARGET - 0.5;
  // A skip link waits outside of the page until it has the focus.
  const visible = (element) => {
    const { width, right, bottom } = element.getBoundingClientRect();
    return element.checkVisibility({ visibilityProperty: true }) && width > 1 && right > 0 && bottom > 0;
  };
  const told = (element) =>
    `${element.localName} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60)}"`;

  // A link in the middle of a sentence is as high as its line (WCAG 2.2, 2.5.8).
  const inSentence = (element) =>
    element.localName === 'a' &&
    getComputedStyle(element).display === 'inline' &&
    !element.closest('li, nav');

  // A box and its label answer to the same press.
  const pressable = (element) =>
    [element, ...(element.labels ?? [])].map((part) => part.getBoundingClientRect());

  const targets = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter((element) => element.type !== 'hidden' && visible(element) && !inSentence(element))
    .flatMap((element) => {
      const boxes = pressable(element);
      if (boxes.some(({ width, height }) => enough(width) && enough(height))) return [];
      const [{ width, height }] = boxes;
      return [`${told(element)} is ${Math.round(width)} × ${Math.round(height)} px, too small to press`];
    });

  const root = document.documentElement;
  const wide = [...document.body.querySelectorAll('*')].filter(
    (element) => visible(element) && element.getBoundingClientRect().right > root.clientWidth + 1,
  );
  const scrolls =
    root.scrollWidth > root.clientWidth
      ? [
          `the page is ${root.scrollWidth} px wide in a window of ${root.clientWidth}: ${wide.slice(0, 3).map(told).join(', ')}`,
        ]
      : [];

  const headings = document.querySelectorAll('h1').length;
  const titled = document.title.trim() === '' ? ['the page has no title'] : [];
  return [
    ...targets,
    ...scrolls,
    ...titled,
    ...(headings === 1 ? [] : [`there are ${headings} headings h1`]),
  ];
})();
