// The page is hidden until this proves that it is not inside a frame (app.css): a phone that another site can cover
// or resize could be made to dial.
if (self === top) document.documentElement.dataset.top = '';
