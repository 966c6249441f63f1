import { make, messageElement } from './card.js';
import * as commandLine from './line.js';

const $ = id => document.getElementById(id);
const [log, scroll, jump, empty, older, line, state] = ['log', 'scroll', 'jump', 'empty', 'older', 'line', 'state'].map($);
const phone = matchMedia('(max-width: 760px)');
const pageSize = 50;
const mostShown = 1000;

const channels = new Map();
const read = JSON.parse(localStorage.getItem('alertbot.read') ?? '{}');
let current = null;
let streamed = 0;
let missedBelow = 0;
let follows = true;

async function call(path, body) {
  const response = await fetch(path, body && { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  const answer = await response.json().catch(() => null);
  if (!response.ok) {
    throw new Error(answer?.error ?? `The bot could not do that (${response.status}). Please try again.`);
  }
  return answer;
}

// Channels

async function loadChannels() {
  const known = await call('/api/channels');
  for (const { name, newestId } of known) {
    if (!channels.has(name)) {
      channels.set(name, { unread: 0, newest: newestId });
      // A channel that this browser never opened counts from now on.
      read[name] ??= newestId;
      await countUnread(name);
    }
  }
  drawChannels();
  return Math.max(0, ...known.map(channel => channel.newestChange));
}

async function countUnread(name) {
  const channel = channels.get(name);
  if (channel.newest > read[name]) {
    const page = await call(`/api/channels/${name}/messages`);
    channel.unread = page.filter(message => message.id > read[name]).length;
  }
}

function drawChannels() {
  $('channels').replaceChildren(...[...channels].map(([name, { unread }]) => {
    const button = make('button', '', make('span', 'name', `# ${name}`), unread ? badge(unread) : null);
    button.type = 'button';
    if (name === current) {
      button.setAttribute('aria-current', 'page');
    }
    button.addEventListener('click', () => { showRail(false); open(name); line.focus(); });
    return make('li', '', button);
  }));
  const unread = [...channels.values()].reduce((sum, channel) => sum + channel.unread, 0);
  $('menu-unread').hidden = unread === 0;
  $('menu-unread').replaceChildren(...(unread ? badge(unread).childNodes : []));
  document.title = `${unread ? `(${unread}) ` : ''}${current ? `#${current} · ` : ''}AlertBot`;
}

function badge(count) {
  return make('span', 'badge', count >= pageSize ? `${pageSize}+` : String(count), make('span', 'unseen', ' unread'));
}

async function open(name) {
  current = name;
  history.replaceState(null, '', `#/${name}`);
  $('title').textContent = `# ${name}`;
  log.setAttribute('aria-live', 'off');
  log.replaceChildren();
  empty.hidden = true;
  older.hidden = true;
  missedBelow = 0;
  markRead();
  const page = await call(`/api/channels/${name}/messages`);
  if (current !== name) {
    return;
  }
  page.forEach(insert);
  older.hidden = page.length < pageSize;
  empty.hidden = log.childElementCount > 0;
  markRead();
  toNewest();
  setTimeout(() => log.setAttribute('aria-live', 'polite'), 500);
}

function markRead() {
  const channel = channels.get(current);
  if (channel && document.visibilityState === 'visible') {
    channel.unread = 0;
    read[current] = Math.max(read[current] ?? 0, channel.newest);
    localStorage.setItem('alertbot.read', JSON.stringify(read));
  }
  drawChannels();
}

// Messages

function insert(message) {
  const shown = log.querySelector(`[data-id="${message.id}"]`);
  if (shown && Number(shown.dataset.change) >= message.change) {
    return false;
  }
  const element = messageElement(message, say, submit);
  element.dataset.change = message.change;
  element.dataset.day = new Date(message.postedAt).toDateString();
  if (shown) {
    // It was edited: it stays where it is.
    shown.replaceWith(element);
    return false;
  }
  const after = [...log.querySelectorAll('.message')].findLast(other => Number(other.dataset.id) < message.id);
  if (after) {
    after.after(element);
  } else {
    log.prepend(element);
  }
  nameDay(element, after);
  if (log.childElementCount > mostShown && isAtNewest()) {
    log.querySelector('.message').remove();
    older.hidden = false;
  }
  return true;
}

// A day's name stands above its first message; only what changed is touched, so that a screen reader says nothing twice.
function nameDay(element, before) {
  const { day } = element.dataset;
  const next = element.nextElementSibling;
  if (next?.matches('.day') && next.dataset.day === day) {
    next.remove();
  }
  if (before?.dataset.day !== day) {
    const heading = make('h2', 'day', dayName(day));
    heading.dataset.day = day;
    element.before(heading);
  }
}

function dayName(day) {
  const days = Math.round((new Date(new Date().toDateString()) - new Date(day)) / 86400000);
  return ['Today', 'Yesterday'][days] ?? new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(day));
}

async function receive(message) {
  if (!channels.has(message.channel)) {
    await loadChannels();
  }
  const channel = channels.get(message.channel);
  const isNew = message.id > channel.newest;
  channel.newest = Math.max(channel.newest, message.id);
  const isSeen = message.channel === current && document.visibilityState === 'visible';
  if (isNew && !isSeen) {
    channel.unread++;
  }
  // An edit of what "older" would bring is there when it is asked for.
  const isOlder = !older.hidden && message.id < Number(log.querySelector('.message')?.dataset.id);
  if (message.channel === current && !isOlder) {
    const stick = isAtNewest();
    if (insert(message) && !stick) {
      missedBelow++;
    }
    empty.hidden = true;
    if (stick) {
      toNewest();
    }
    drawJump();
  }
  if (isSeen) {
    markRead();
  } else {
    drawChannels();
  }
}

async function showOlder() {
  const first = log.querySelector('.message');
  older.disabled = true;
  try {
    const page = await call(`/api/channels/${current}/messages?before=${first.dataset.id}`);
    const below = scroll.scrollHeight - scroll.scrollTop;
    page.forEach(insert);
    scroll.scrollTop = scroll.scrollHeight - below;
    older.hidden = page.length < pageSize;
  } catch (error) {
    tellFault(error);
  } finally {
    older.disabled = false;
  }
}

const isAtNewest = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;

function toNewest() {
  follows = true;
  scroll.scrollTop = scroll.scrollHeight;
  missedBelow = 0;
  drawJump();
}

function drawJump() {
  if (isAtNewest()) {
    missedBelow = 0;
  }
  jump.hidden = isAtNewest();
  jump.textContent = missedBelow ? `${missedBelow} new ↓` : 'Newest messages ↓';
}

// What the person types

async function say(text) {
  const channel = current;
  commandLine.remember(text);
  tellFault(null);
  $('send').textContent = 'Working…';
  try {
    await exchange(channel, { text });
  } catch (error) {
    line.value ||= text;
    tellFault(error);
  } finally {
    $('send').textContent = 'Send';
  }
}

// The command of a form with its fields; whoever filled it in is told of a fault there.
async function submit(text, fields, files) {
  await exchange(current, { text, fields, files });
}

async function exchange(channel, said) {
  const { question, answer } = await call(`/api/channels/${channel}/messages${Object.keys(said.files ?? {}).length ? '?files' : ''}`, { ...said, name: $('my-name').value.trim() || 'you' });
  await receive(question);
  await receive(answer);
  if (channel === current) {
    toNewest();
    // A form that was just asked for is opened; one that stands there from before waits.
    log.querySelector(`[data-id="${answer.id}"] .opener`)?.click();
  }
}

function tellFault(error) {
  $('line-fault').textContent = !error ? '' : error instanceof TypeError ? 'The bot cannot be reached. Your line was kept: send it again.' : error.message;
}

// The live stream

function connect() {
  const stream = new EventSource(`/api/stream?after=${streamed}`);
  let queue = Promise.resolve();
  stream.addEventListener('open', () => tellState('live', 'Live'));
  stream.addEventListener('message', event => {
    const message = JSON.parse(event.data);
    streamed = message.change;
    queue = queue.then(() => receive(message)).catch(tellFault);
  });
  stream.addEventListener('error', () => {
    tellState('lost', 'Connection lost, trying again…');
    if (stream.readyState === EventSource.CLOSED) {
      setTimeout(connect, 3000);
    }
  });
}

function tellState(name, words) {
  state.dataset.state = name;
  state.textContent = words;
}

// The drawer of a small screen

function showRail(shown) {
  const isDrawer = phone.matches;
  $('rail').classList.toggle('open', shown && isDrawer);
  $('rail').inert = isDrawer && !shown;
  $('shade').hidden = !(isDrawer && shown);
  $('menu').setAttribute('aria-expanded', String(isDrawer && shown));
  if (isDrawer && shown) {
    $('channels').querySelector('button')?.focus();
  }
}

function listen() {
  $('say').addEventListener('submit', event => {
    event.preventDefault();
    const text = line.value.trim();
    if (text) {
      line.value = '';
      commandLine.close();
      say(text);
    }
  });
  $('new-channel').addEventListener('submit', async event => {
    event.preventDefault();
    const name = $('channel-name').value.trim();
    try {
      const made = await call('/api/channels', { name });
      $('channel-name').value = '';
      $('channel-fault').textContent = '';
      await loadChannels();
      showRail(false);
      await open(made.name);
      line.focus();
    } catch (error) {
      $('channel-fault').textContent = error.message;
    }
  });
  $('my-name').value = localStorage.getItem('alertbot.name') ?? 'you';
  $('my-name').addEventListener('change', event => localStorage.setItem('alertbot.name', event.target.value.trim() || 'you'));
  empty.addEventListener('click', event => {
    const button = event.target.closest('[data-command]');
    if (button) {
      say(button.dataset.command);
      line.focus();
    }
  });
  $('skip').addEventListener('click', event => { event.preventDefault(); line.focus(); });
  $('menu').addEventListener('click', () => showRail(!$('rail').classList.contains('open')));
  $('shade').addEventListener('click', () => showRail(false));
  $('rail').addEventListener('keydown', event => {
    if (event.key === 'Escape' && phone.matches) {
      showRail(false);
      $('menu').focus();
    }
  });
  phone.addEventListener('change', () => showRail(false));
  older.addEventListener('click', showOlder);
  jump.addEventListener('click', () => { toNewest(); line.focus(); });
  scroll.addEventListener('scroll', () => { follows = isAtNewest(); drawJump(); }, { passive: true });
  // When the space shrinks, by a hint or a phone's keyboard, the newest message stays in sight.
  new ResizeObserver(() => requestAnimationFrame(() => { follows ? toNewest() : drawJump(); })).observe(scroll);
  document.addEventListener('visibilitychange', markRead);
  addEventListener('hashchange', () => {
    const name = location.hash.slice(2);
    if (channels.has(name) && name !== current) {
      open(name);
    }
  });
}

async function begin() {
  try {
    streamed = await loadChannels();
    const wanted = location.hash.slice(2);
    await open(channels.has(wanted) ? wanted : channels.keys().next().value);
    commandLine.start();
    connect();
    if (!phone.matches) {
      line.focus();
    }
  } catch {
    tellState('lost', 'The bot cannot be reached, trying again…');
    setTimeout(begin, 3000);
  }
}

setInterval(() => log.querySelectorAll('.day').forEach(heading => { heading.textContent = dayName(heading.dataset.day); }), 60000);
listen();
showRail(false);
begin();
