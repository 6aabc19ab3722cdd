// The work a form is asked for under pressure: done by a worker, so that the page stays quick. Where the form is only
// waiting for it, it goes by itself when the work is done or the patience is over, whichever comes first.

for (const asked of document.querySelectorAll("[data-work]")) begin(asked);

function begin(asked) {
  const form = asked.closest("form");
  const task = JSON.parse(asked.dataset.work);
  const sends = "seconds" in asked.dataset;
  const go = () => {
    if (form.dataset.gone) return;
    form.dataset.gone = "yes";
    asked.textContent = asked.dataset.sending;
    form.requestSubmit ? form.requestSubmit() : form.submit();
  };
  if (sends) {
    asked.textContent = asked.dataset.doing;
    asked.hidden = false;
    form.querySelector("[data-patience]")?.setAttribute("hidden", "");
    setTimeout(go, (Number(asked.dataset.seconds) + 1) * 1000);
  }
  if (!window.Worker) return;
  const worker = new Worker(asked.dataset.solver);
  worker.onmessage = ({ data: number }) => {
    worker.terminate();
    if (number < 0) return;
    const { algorithm, challenge, salt, signature } = task;
    form.elements.proof.value = btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
    if (sends) go();
  };
  worker.postMessage(task);
}
