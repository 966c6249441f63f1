// Builds what a message looks like. Everything that came from outside is set as text, never as markup.

export function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) {
    element.className = className;
  }
  element.append(...children.filter(child => child !== null && child !== ''));
  return element;
}

// `run` runs a command; `submit` runs the command of a form with its fields.
export function messageElement(message, run, submit) {
  const element = make('article', `message ${message.card ? 'bot' : 'person'}`);
  element.dataset.id = message.id;
  const head = make('p', 'byline', make('span', 'author', message.author), timeElement(message.postedAt));
  if (message.under) {
    element.classList.add('reply');
    head.append(make('span', 'answers', `answers message ${message.under}`));
  }
  if (message.calls?.length) {
    head.append(make('span', 'calls', `calls ${message.calls.map(role => `@${role}`).join(', ')}`));
  }
  element.append(head, message.card ? cardElement(message.card, run, submit) : make('p', 'said', message.text ?? ''));
  return element;
}

const tones = {
  Alert: ['alert', 'Alert', 'M12 3a6 6 0 0 0-6 6v4l-2 4h16l-2-4V9a6 6 0 0 0-6-6zm-2.5 16a2.5 2.5 0 0 0 5 0'],
  Problem: ['problem', 'Problem', 'M12 3 2 20h20L12 3zm0 6v5m0 3v.5'],
  Answer: ['answer', null, null],
};

function cardElement(card, run, submit) {
  const [tone, label, path] = tones[card.tone] ?? tones.Answer;
  const element = make('div', `card ${tone}`);
  if (label) {
    element.append(make('p', 'tone', icon(path), label));
  }
  if (card.topic) {
    element.append(topicElement(card.topic));
  }
  element.append(make('h3', '', linkOrText(card.title, card.link)));
  element.append(...(card.blocks ?? []).map(blockElement));
  if (card.image) {
    element.append(imageElement(card.image));
  }
  if (card.file) {
    element.append(make('p', 'actions', fileElement(card.file)));
  }
  if (card.footer || card.at) {
    element.append(make('p', 'footer', card.footer ? make('span', '', card.footer) : null, card.at ? timeElement(card.at) : null));
  }
  if (card.actions?.length) {
    element.append(make('p', 'actions', ...card.actions.map(action => actionElement(action, run))));
  }
  if (card.menu?.choices?.length) {
    element.append(menuElement(card.menu, run));
  }
  if (card.form) {
    element.append(formElement(card.form, submit));
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

let lastId = 0;

const fewChoices = 6;

// A few choices are buttons; many are a list with a button, so that arrow keys alone run nothing.
function menuElement(menu, run) {
  const prompt = make('h4', '', menu.prompt);
  prompt.id = `menu-${++lastId}`;
  const element = make('div', 'menu-of-card', prompt);
  if (menu.choices.length <= fewChoices) {
    element.role = 'group';
    element.setAttribute('aria-labelledby', prompt.id);
    element.append(make('div', 'options', ...menu.choices.map(choice => optionElement(choice, run))));
    return element;
  }
  const list = make('select', '', ...menu.choices.map((choice, index) => new Option(choice.detail ? `${choice.label} (${choice.detail})` : choice.label, index)));
  list.setAttribute('aria-labelledby', prompt.id);
  const button = make('button', '', 'Choose');
  button.type = 'button';
  button.addEventListener('click', () => run(menu.choices[list.value].command));
  element.append(make('p', 'pick', list, button));
  return element;
}

function optionElement(choice, run) {
  const button = actionElement(choice, run);
  if (choice.detail) {
    button.append(make('span', 'detail', choice.detail));
  }
  return button;
}

// Closed until it is asked for, so that old forms do not fill the page.
function formElement(form, submit) {
  const opener = make('button', 'opener', form.title);
  opener.type = 'button';
  opener.setAttribute('aria-expanded', 'false');
  const title = make('h4', '', form.title);
  title.id = `form-${++lastId}`;
  const fault = make('p', 'fault');
  fault.role = 'alert';
  const send = make('button', 'send', 'Submit');
  const cancel = make('button', '', 'Cancel');
  cancel.type = 'button';
  const labelled = form.fields.flatMap(field => field.isFile ? [[field.label, fileInput(field)], ['Or its https:// address', addressInput(field)]] : [[field.label, inputElement(field)]]);
  const inputs = labelled.map(([, input]) => input);
  const element = make('form', 'fill', title, ...labelled.map(([label, input]) => make('label', '', make('span', '', label), input)), fault, make('p', 'actions', send, cancel));
  element.setAttribute('aria-labelledby', title.id);
  element.autocomplete = 'off';
  element.hidden = true;

  const show = shown => {
    element.hidden = !shown;
    opener.hidden = shown;
    (shown ? inputs[0] : opener).focus();
    element.scrollIntoView({ block: 'nearest' });
  };
  opener.addEventListener('click', () => show(true));
  cancel.addEventListener('click', () => { element.reset(); fault.textContent = ''; show(false); });
  element.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      show(false);
    }
  });
  element.addEventListener('submit', async event => {
    event.preventDefault();
    send.disabled = true;
    fault.textContent = '';
    try {
      const chosen = inputs.filter(input => input.type === 'file' && input.files.length);
      const files = await Promise.all(chosen.map(async input => [input.name, { name: input.files[0].name, bytes: await base64(input.files[0]) }]));
      await submit(form.command, Object.fromEntries(inputs.filter(input => input.type !== 'file').map(input => [input.name, input.value])), Object.fromEntries(files));
      show(false);
    } catch (error) {
      fault.textContent = error instanceof TypeError ? 'The bot cannot be reached. What you filled in was kept: submit it again.' : error.message;
    } finally {
      send.disabled = false;
    }
  });
  return make('div', 'form-of-card', make('p', 'actions', opener), element);
}

function fileInput(field) {
  const input = make('input', '');
  input.type = 'file';
  input.name = field.option;
  return input;
}

function addressInput(field) {
  const input = make('input', '');
  input.name = field.option;
  input.spellcheck = false;
  return input;
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result.slice(reader.result.indexOf(',') + 1)));
    reader.addEventListener('error', () => reject(new Error('The file could not be read. Choose it again.')));
    reader.readAsDataURL(file);
  });
}

function inputElement(field) {
  const input = make(field.multiline ? 'textarea' : 'input', '');
  input.name = field.option;
  // The default, so that a reset brings it back.
  input.defaultValue = field.value;
  input.required = field.required;
  input.maxLength = Math.max(field.maxLength, field.value.length);
  input.spellcheck = false;
  if (field.multiline) {
    input.rows = Math.min(10, field.value.split('\n').length + 1);
  }
  return input;
}

// Never opened in the page: whatever its type is, it is bytes to save.
function fileElement(file) {
  const bytes = Uint8Array.from(atob(file.bytes), character => character.charCodeAt(0));
  const link = make('a', 'file', `Save ${file.name}`, make('span', 'detail', ` ${Math.ceil(bytes.length / 1024)} KB`));
  link.href = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  link.download = file.name;
  return link;
}

function imageElement(image) {
  const picture = make('img', 'picture');
  picture.alt = image.description;
  picture.src = `data:image/png;base64,${image.png}`;
  return picture;
}

// A topic has the same colour for ever: do not reorder the colours in the style sheet, nor change the hash.
const topicColours = 12;

function topicElement(topic) {
  const mark = make('span', 'colour');
  mark.dataset.colour = new TextEncoder().encode(topic).reduce((hash, byte) => Math.imul(hash ^ byte, 16777619) >>> 0, 2166136261) % topicColours;
  return make('p', 'topic', mark, topic.replaceAll('-', ' '));
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
