// The command line: autocomplete after the combobox pattern, and the history of what was typed.

import { make } from './card.js';

const line = document.getElementById('line');
const choices = document.getElementById('choices');
const hint = document.getElementById('hint');
const usages = new Map();

let offered = [];
let active = -1;
let asking = null;

const remembered = JSON.parse(sessionStorage.getItem('alertbot.history') ?? '[]');
let recalled = remembered.length;

export function start() {
  line.addEventListener('input', () => { recalled = remembered.length; offer(); });
  line.addEventListener('blur', close);
  line.addEventListener('keydown', key);
  choices.addEventListener('pointerdown', event => {
    event.preventDefault();
    const option = event.target.closest('[role=option]');
    if (option) {
      accept(Number(option.dataset.index));
    }
  });
  ask('/').then(learn, () => { });
}

export function remember(text) {
  if (remembered.at(-1) !== text) {
    remembered.push(text);
    remembered.splice(0, remembered.length - 100);
    sessionStorage.setItem('alertbot.history', JSON.stringify(remembered));
  }
  recalled = remembered.length;
}

export function close() {
  asking?.abort();
  offered = [];
  active = -1;
  draw();
}

async function ask(text, signal) {
  const response = await fetch(`/api/complete?text=${encodeURIComponent(text)}`, { signal });
  return response.ok ? await response.json() : [];
}

async function offer() {
  asking?.abort();
  const text = line.value;
  showHint(text);
  if (!text.trim()) {
    close();
    return;
  }
  // Until the answer is here, what was offered for less of the line must not be taken for more of it.
  offered = offered.filter(choice => choice.line.toLowerCase().startsWith(text.toLowerCase()) && choice.line.trimEnd() !== text.trimEnd());
  active = -1;
  draw();
  asking = new AbortController();
  try {
    const found = await ask(text, asking.signal);
    learn(found);
    if (line.value !== text) {
      return;
    }
    showHint(text);
    offered = found.filter(choice => choice.line.trimEnd() !== text.trimEnd());
  } catch (error) {
    if (error.name === 'AbortError') {
      return;
    }
    offered = [];
  }
  active = -1;
  draw();
}

function learn(found) {
  for (const { label, line: whole, summary } of found) {
    if (label.startsWith(whole.trimEnd())) {
      usages.set(whole.trimEnd(), [label, summary]);
    }
  }
}

// Once the name of a command stands, its options are shown until the line is sent.
function showHint(text) {
  const typed = `/${text.trimStart().replace(/^\//, '')}`.toLowerCase();
  const name = [...usages.keys()].filter(known => typed.startsWith(`${known} `)).sort((a, b) => b.length - a.length)[0];
  hint.hidden = !name;
  if (name) {
    const [usage, summary] = usages.get(name);
    hint.replaceChildren(make('code', '', usage), ` ${summary}`);
  }
}

function draw() {
  choices.replaceChildren(...offered.map((choice, index) => {
    const option = make('li', '', make('span', 'label', choice.label), make('span', 'summary', choice.summary));
    option.id = `choice-${index}`;
    option.dataset.index = index;
    option.role = 'option';
    option.ariaSelected = String(index === active);
    return option;
  }));
  choices.hidden = offered.length === 0;
  line.setAttribute('aria-expanded', String(offered.length > 0));
  if (active >= 0) {
    line.setAttribute('aria-activedescendant', `choice-${active}`);
    choices.children[active].scrollIntoView({ block: 'nearest' });
  } else {
    line.removeAttribute('aria-activedescendant');
  }
  if (!line.value) {
    hint.hidden = true;
  }
}

function accept(index) {
  line.value = offered[index].line;
  line.focus();
  line.setSelectionRange(line.value.length, line.value.length);
  line.scrollLeft = line.scrollWidth;
  offer();
}

function key(event) {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) {
    return;
  }
  const open = offered.length > 0;
  if (event.key === 'Escape' && open) {
    close();
  } else if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    const step = event.key === 'ArrowDown' ? 1 : -1;
    active = active < 0 && step < 0 ? offered.length - 1 : (active + step + offered.length) % offered.length;
    draw();
  } else if (open && ((event.key === 'Enter' && active >= 0) || (event.key === 'Tab' && !event.shiftKey))) {
    accept(Math.max(active, 0));
  } else if (event.key === 'ArrowUp' && recalled > 0 && (!line.value || recalled < remembered.length)) {
    recall(-1);
  } else if (event.key === 'ArrowDown' && recalled < remembered.length) {
    recall(1);
  } else {
    return;
  }
  event.preventDefault();
}

function recall(step) {
  recalled += step;
  line.value = remembered[recalled] ?? '';
  line.setSelectionRange(line.value.length, line.value.length);
  showHint(line.value);
}
