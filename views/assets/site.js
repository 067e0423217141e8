// Every page works without this file. It adds: focus on the list of problems, a button that shows the password,
// one submission per press, a form that sends itself, and a word when the network is slow or gone.
(() => {
  const SLOW_MS = 8000;
  const GIVEN_UP_MS = 30000;
  const notice = document.getElementById('notice');
  const say = (text) => {
    if (notice) notice.textContent = text || '';
  };

  const summary = document.querySelector('[data-focus]');
  if (summary) summary.focus();

  for (const button of document.querySelectorAll('[data-reveal]')) {
    const input = document.getElementById(button.dataset.reveal);
    const show = (visible) => {
      input.type = visible ? 'text' : 'password';
      button.setAttribute('aria-pressed', String(visible));
    };
    button.hidden = false;
    button.addEventListener('click', () => show(input.type === 'password'));
    // Browsers offer to keep what stood in a text field: hide the password before it is sent.
    if (input.form) input.form.addEventListener('submit', () => show(false));
  }

  // How strong a new password looks by its length and variety; what it is made of is judged when it is sent.
  for (const input of document.querySelectorAll('[data-strength]')) {
    const meter = document.getElementById(input.dataset.strength);
    input.addEventListener('input', () => {
      const letters = [...input.value.normalize('NFKC')];
      const { title, short, fair, strong } = meter.dataset;
      const rich = letters.length >= 16 && new Set(letters).size >= 10;
      const word = letters.length < input.dataset.least ? short : rich ? strong : fair;
      meter.textContent = letters.length === 0 ? '' : `${title}: ${word}`;
    });
  }

  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }

  const pressed = new Map();
  let timers = [];

  const release = () => {
    timers.forEach(clearTimeout);
    say('');
    for (const [button, text] of pressed) {
      button.removeAttribute('aria-disabled');
      button.textContent = text;
    }
    pressed.clear();
  };

  document.addEventListener('submit', (event) => {
    if (pressed.size > 0) return event.preventDefault();
    const button = event.submitter;
    if (!button?.dataset.busy) return;
    // Not `disabled`: a disabled button would leave its name and value out of the form.
    pressed.set(button, button.textContent);
    button.setAttribute('aria-disabled', 'true');
    button.textContent = button.dataset.busy;
    timers = [setTimeout(() => say(notice?.dataset.slow), SLOW_MS), setTimeout(release, GIVEN_UP_MS)];
  });

  document.querySelector('[data-autosubmit] button')?.click();

  window.addEventListener('offline', () => say(notice?.dataset.offline));
  window.addEventListener('online', () => say(''));
  // A page taken back from the browser's cache by the back button is ready again.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) release();
  });
})();
