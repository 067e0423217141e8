// Looks every few seconds whether the other device has answered, and then shows the page anew. Without this file the
// button does the same.
(() => {
  const EVERY_MS = 3000;
  const status = document.querySelector('[data-wait]');
  if (!status) return;
  status.textContent = status.dataset.text;
  const begun = () =>
    [...document.querySelectorAll('input:not([type=hidden])')].some((input) => input.value !== '');

  const look = async () => {
    try {
      const answer = await fetch(status.dataset.wait, { headers: { Accept: 'application/json' } });
      const { waiting } = answer.ok ? await answer.json() : { waiting: !answer.redirected };
      // What somebody has begun to type stays; the button still leads on.
      if (!waiting && !begun()) return location.replace(document.querySelector('[data-go-on]').href);
    } catch {
      // The network is away; the next look may find it.
    }
    setTimeout(look, EVERY_MS);
  };
  setTimeout(look, EVERY_MS);
})();
