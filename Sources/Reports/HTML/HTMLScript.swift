/// What the page does beyond being read: the filter, and a player for traces.
enum HTMLScript {
  static let javaScript = #"""
    'use strict';
    (() => {
      const all = (selector, from = document) => [...from.querySelectorAll(selector)];
      const cases = all('[data-status]');
      const form = document.querySelector('.tools');
      const told = form.querySelector('output');
      const empty = document.querySelector('.empty');
      const words = new Map();
      if (cases.length > 200) document.body.classList.add('large');
      form.hidden = false;
      const wordsOf = (element) => {
        if (!words.has(element)) {
          const parts = element.matches('details') ? all(':scope>summary,.tag,.rule,.pm', element) : [element];
          words.set(element, parts.map((part) => part.textContent).join(' ').toLowerCase());
        }
        return words.get(element);
      };
      const filter = () => {
        const show = form.elements.show.value;
        const wanted = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
        let count = 0;
        for (const element of cases) {
          const status = element.dataset.status;
          const isShown = (show === 'all' || status === show || (show === 'failed' && status === 'invalid')) &&
            wanted.every((word) => wordsOf(element).includes(word));
          element.hidden = !isShown;
          if (isShown) count += 1;
        }
        for (const section of all('main>section')) section.hidden = !section.querySelector('[data-status]:not([hidden])');
        empty.hidden = count > 0;
        told.textContent = count === cases.length ? '' : `${count} of ${cases.length} shown`;
      };
      form.addEventListener('input', filter);
      form.addEventListener('submit', (event) => event.preventDefault());
      form.addEventListener('keydown', (event) => {
        if (event.key === 'Escape') { form.elements.text.value = ''; filter(); }
      });
      const open = () => {
        const target = location.hash && document.getElementById(location.hash.slice(1));
        if (!target) return;
        if (target.matches('details')) target.open = true;
        target.scrollIntoView();
      };
      addEventListener('hashchange', open);
      open();
      filter();

      const make = (tag, attributes, text = '') => {
        const element = document.createElement(tag);
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        element.textContent = text;
        return element;
      };
      for (const player of all('.player')) {
        const steps = all('.trace>li', player);
        const line = player.parentElement.querySelector('.now');
        const back = make('button', {type: 'button', 'aria-label': 'One step back', class: 'back'}, '←');
        const play = make('button', {type: 'button', class: 'play'}, 'Play');
        const on = make('button', {type: 'button', 'aria-label': 'One step on', class: 'step'}, '→');
        const slider = make('input', {type: 'range', min: 0, max: steps.length - 1, value: 0, 'aria-label': 'Step of the call'});
        const place = make('span', {class: 'nu'});
        const say = make('div', {class: 'say', 'aria-live': 'polite'});
        const controls = make('div', {class: 'ctl', role: 'group', 'aria-label': 'Replay'});
        controls.append(back, play, on, slider, place);
        player.prepend(controls, say);
        player.querySelector('details').open = false;
        let [index, timer] = [0, 0];
        const stop = () => { clearTimeout(timer); timer = 0; play.textContent = 'Play'; };
        const show = (wanted) => {
          index = Math.max(0, Math.min(steps.length - 1, wanted));
          steps.forEach((step, position) => step.classList.toggle('on', position === index));
          const [time, what] = steps[index].children;
          slider.value = index;
          slider.setAttribute('aria-valuetext', `${time.textContent}, step ${index + 1} of ${steps.length}`);
          place.textContent = `${index + 1}/${steps.length}`;
          const text = make('p', {});
          text.append(make('b', {}, `${time.textContent} `), ...[...what.cloneNode(true).childNodes]);
          say.replaceChildren(text);
          line.removeAttribute('hidden');
          for (const end of ['x1', 'x2']) line.setAttribute(end, steps[index].dataset.x);
        };
        const next = () => {
          if (index === steps.length - 1) return stop();
          // As long as it took in the call; what takes longer than three seconds is not waited for.
          const pause = Math.min(3000, steps[index + 1].dataset.at - steps[index].dataset.at);
          timer = setTimeout(() => { show(index + 1); next(); }, Math.max(60, pause));
        };
        play.addEventListener('click', () => {
          if (timer) return stop();
          if (index === steps.length - 1) show(0);
          play.textContent = 'Pause';
          next();
        });
        back.addEventListener('click', () => { stop(); show(index - 1); });
        on.addEventListener('click', () => { stop(); show(index + 1); });
        slider.addEventListener('input', () => { stop(); show(Number(slider.value)); });
        show(0);
      }
    })();
    """#
}
