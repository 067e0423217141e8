// Asks the device for a passkey and posts what it answers: on a press of the button, and, where the browser can, out
// of the list that a field of the page offers. Without this file, or without a device, the other ways remain.
(() => {
  const form = document.querySelector('[data-passkey]');
  const library = window.SimpleWebAuthnBrowser;
  if (!form || !library?.browserSupportsWebAuthn()) return;
  const creates = form.dataset.passkey === 'create';
  const optionsJSON = JSON.parse(form.dataset.options);
  const status = form.querySelector('[role=status]');
  const button = form.querySelector('button');
  const field = document.querySelector('[autocomplete$=webauthn]');
  let answered = false;
  let asking = false;
  let stale = false;

  form.hidden = false;

  const send = (response) => {
    answered = true;
    form.elements.response.value = JSON.stringify(response);
    form.requestSubmit(button);
  };

  const explain = (error) => {
    const { dataset } = status;
    const known = error.name === 'InvalidStateError' && dataset.known;
    const cancelled = ['NotAllowedError', 'AbortError'].includes(error.name) && dataset.cancelled;
    status.textContent = known || cancelled || dataset.failed;
  };

  form.addEventListener('submit', async (event) => {
    if (answered) return;
    // Before the rules for every form, which would take the press for a submission.
    event.preventDefault();
    event.stopPropagation();
    if (asking) return;
    if (stale) return renew();
    asking = true;
    status.textContent = button.dataset.busy;
    try {
      send(
        await (creates
          ? library.startRegistration({ optionsJSON })
          : library.startAuthentication({ optionsJSON })),
      );
    } catch (error) {
      explain(error);
      if (!stale) void offer();
    } finally {
      asking = false;
    }
  });

  // What the list offers waits until it is chosen; when it is not, nobody is told. One that was just refused is not
  // offered again: a device that chooses by itself would go round for ever.
  const offer = async () => {
    if (creates || !field || 'refused' in form.dataset || !(await library.browserSupportsWebAuthnAutofill()))
      return;
    library.startAuthentication({ optionsJSON, useBrowserAutofill: true }).then(send, () => undefined);
  };
  void offer();

  // The question is good for minutes, then the page gets a new one: by itself where nobody has begun to fill it in,
  // else at the next press. An address that a form was posted to leads back to its page.
  const renew = () => location.replace(location.pathname + location.search);
  const begun = () =>
    [...document.querySelectorAll('input:not([type=hidden])')].some(
      (input) => input.value !== input.defaultValue,
    );
  const renewUnseen = () => {
    if (!document.hidden && !answered && !begun()) renew();
  };
  setTimeout(() => {
    stale = true;
    library.WebAuthnAbortService.cancelCeremony();
    renewUnseen();
    document.addEventListener('visibilitychange', renewUnseen);
  }, form.dataset.seconds * 1000);
})();
