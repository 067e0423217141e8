// Counts down and fetches the next one-time codes; without script the page is reloaded by its link.
const shown = document.querySelector('[data-seconds]');

async function refresh() {
  const answer = await fetch('/dev/codes', { headers: { accept: 'application/json' } });
  const { codes, secondsLeft } = await answer.json();
  for (const place of document.querySelectorAll('[data-code-of]')) {
    const code = codes[place.dataset.codeOf];
    if (code !== undefined) place.textContent = code;
  }
  return secondsLeft;
}

let left = Number(shown.textContent);
setInterval(async () => {
  left -= 1;
  if (left <= 0) left = await refresh().catch(() => 1);
  shown.textContent = String(left);
}, 1000);
