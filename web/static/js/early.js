// Runs before the page is drawn: says that scripts work, so that .js-only controls show without a jump.
document.documentElement.classList.add('js');
