// Builds what a message looks like. Everything that came from outside is set as text, never as markup.

export function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) {
    element.className = className;
  }
  element.append(...children.filter(child => child !== null && child !== ''));
  return element;
}

export function messageElement(message, run) {
  const element = make('article', `message ${message.card ? 'bot' : 'person'}`);
  element.dataset.id = message.id;
  const head = make('p', 'byline', make('span', 'author', message.author), timeElement(message.postedAt));
  element.append(head, message.card ? cardElement(message.card, run) : make('p', 'said', message.text ?? ''));
  return element;
}

const tones = {
  Alert: ['alert', 'Alert', 'M12 3a6 6 0 0 0-6 6v4l-2 4h16l-2-4V9a6 6 0 0 0-6-6zm-2.5 16a2.5 2.5 0 0 0 5 0'],
  Problem: ['problem', 'Problem', 'M12 3 2 20h20L12 3zm0 6v5m0 3v.5'],
  Answer: ['answer', null, null],
};

function cardElement(card, run) {
  const [tone, label, path] = tones[card.tone] ?? tones.Answer;
  const element = make('div', `card ${tone}`);
  if (card.topic) {
    element.classList.add('topical');
    element.style.setProperty('--hue', hueOf(card.topic));
  }
  if (label) {
    element.append(make('p', 'tone', icon(path), label));
  }
  element.append(make('h3', '', linkOrText(card.title, card.link)));
  element.append(...(card.blocks ?? []).map(blockElement));
  if (card.image) {
    element.append(imageElement(card.image));
  }
  if (card.footer || card.at) {
    element.append(make('p', 'footer', card.footer ? make('span', '', card.footer) : null, card.at ? timeElement(card.at) : null));
  }
  if (card.form) {
    element.append(formElement(card.form, run));
  }
  if (card.menu?.choices.length) {
    element.append(menuElement(card.menu, run));
  }
  if (card.actions?.length) {
    element.append(make('p', 'actions', ...card.actions.map(action => actionElement(action, run))));
  }
  if (card.menu?.choices.length) {
    element.append(make('p', 'paragraph', card.menu.prompt), make('p', 'actions', ...card.menu.choices.map(choice => actionElement(choice, run))));
  }
  return element;
}

function actionElement(action, run) {
  const button = make('button', '', action.label);
  button.type = 'button';
  button.title = action.command;
  button.addEventListener('click', () => run(action.command));
  return button;
}

function imageElement({ png, description }) {
  const image = make('img', '');
  image.src = `data:image/png;base64,${png}`;
  image.alt = description;
  return image;
}

// Moving through a list with the keys is not choosing yet: that is what the button is for.
function menuElement({ prompt, choices }, run) {
  const select = make('select', '', ...choices.map((choice, index) => {
    const option = make('option', '', choice.detail ? `${choice.label} · ${choice.detail}` : choice.label);
    option.value = index;
    return option;
  }));
  return sendingForm('choice', [make('label', '', make('span', '', prompt), select)], 'Choose', () => run(choices[select.value].command));
}

function formElement({ title, command, fields }, run) {
  const inputs = fields.map(field => {
    const input = make(field.multiline ? 'textarea' : 'input', '');
    input.value = field.value;
    input.required = field.required;
    input.maxLength = Math.max(field.maxLength, field.value.length);
    return input;
  });
  const labels = fields.map((field, index) => make('label', '', make('span', '', field.required ? field.label : `${field.label} (optional)`), inputs[index]));
  return sendingForm('fields', [make('h4', '', title), ...labels], 'Send', () => run([command, ...fields.flatMap((field, index) => typed(field.option, inputs[index].value))].join(' ')));
}

function typed(option, value) {
  return value.trim() ? [`${option}:"${value.trim().replaceAll('"', "'")}"`] : [];
}

function sendingForm(className, children, verb, send) {
  const button = make('button', '', verb);
  button.type = 'submit';
  const form = make('form', className, ...children, button);
  form.addEventListener('submit', event => {
    event.preventDefault();
    send();
  });
  return form;
}

// The same hue for a topic for ever.
function hueOf(topic) {
  return [...topic].reduce((hash, letter) => (hash * 31 + letter.codePointAt(0)) % 360, 7);
}

function blockElement(block) {
  switch (block.kind) {
    case 'excerpt':
      return make('blockquote', '', ...marked(block));
    case 'facts':
      return make('dl', '', ...block.rows.map(row => make('div', '', make('dt', '', row.label), make('dd', '', row.value))));
    case 'items':
      return make('div', 'items', block.heading ? make('h4', '', block.heading) : null, make('ul', '', ...block.rows.map(itemElement)));
    default:
      return make('p', 'paragraph', block.text ?? '');
  }
}

function marked({ text, start, length }) {
  return length > 0
    ? [text.slice(0, start), make('mark', '', text.slice(start, start + length)), text.slice(start + length)]
    : [text];
}

function itemElement(item) {
  const quiet = item.detail || item.at
    ? make('span', 'detail', item.detail ? make('span', '', item.detail) : null, item.at ? timeElement(item.at) : null)
    : null;
  return make('li', '', make('span', 'what', linkOrText(item.text, item.link)), quiet);
}

function linkOrText(text, address) {
  if (!isWebAddress(address)) {
    return text;
  }
  const link = make('a', '', text);
  link.href = address;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  return link;
}

function isWebAddress(address) {
  try {
    return ['http:', 'https:'].includes(new URL(address).protocol);
  } catch {
    return false;
  }
}

function icon(path) {
  const name = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(name, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(name, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short' });
const short = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const units = [['minute', 60], ['hour', 3600], ['day', 86400]];

function timeElement(at) {
  const element = make('time', '');
  element.dateTime = at;
  element.title = full.format(new Date(at));
  tell(element);
  return element;
}

function tell(element) {
  const at = new Date(element.dateTime);
  const seconds = (at - Date.now()) / 1000;
  const ago = Math.abs(seconds);
  const [unit, size] = units.findLast(([, length]) => ago >= length) ?? [null, 1];
  element.textContent = ago >= 7 * 86400 ? short.format(at) : unit ? relative.format(Math.trunc(seconds / size), unit) : 'just now';
}

setInterval(() => document.querySelectorAll('time').forEach(tell), 30000);
