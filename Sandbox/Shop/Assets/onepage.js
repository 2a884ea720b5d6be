// The one-page checkout: posts each section, shows the one that comes back, and goes back without asking the shop.
(function () {
    'use strict';
    const page = document.getElementById('one-page-checkout');
    const problem = document.getElementById('opc-problem');
    const back = document.getElementById('opc-back');
    const visited = ['billing'];

    const sectionOf = name => document.getElementById('opc-' + name);

    function show(name) {
        for (const section of page.querySelectorAll('section'))
            section.hidden = section.id !== 'opc-' + name;
        if (visited.at(-1) !== name)
            visited.push(name);
        back.hidden = visited.length < 2;
    }

    // A script that arrives as text does not run; an element made anew does.
    function fill(section, html) {
        section.innerHTML = html;
        for (const old of section.querySelectorAll('script')) {
            const script = document.createElement('script');
            script.textContent = old.textContent;
            old.replaceWith(script);
        }
    }

    function say(text) {
        problem.textContent = text || '';
        problem.hidden = !text;
    }

    page.addEventListener('submit', async event => {
        event.preventDefault();
        say('');
        const button = event.target.querySelector('button');
        button.disabled = true;
        try {
            const response = await fetch(event.target.action, { method: 'POST', body: new URLSearchParams(new FormData(event.target)) });
            const answer = await response.json();
            if (answer.redirect) {
                location.assign(answer.redirect);
                return;
            }
            if (answer.error) {
                say(answer.message);
            } else {
                fill(sectionOf(answer.update_section.name), answer.update_section.html);
                show(answer.goto_section.replace('_', '-'));
            }
        } catch (error) {
            say(error.message);
        }
        button.disabled = false;
    });

    back.addEventListener('click', () => {
        say('');
        visited.pop();
        show(visited.at(-1));
    });
})();
