/**
 * Hides, filters and sorts what the page already shows: one heat map at a time, and the first rows of the ranking. It
 * stays below two kilobytes, is the same on every page, and its hash is in the page's policy.
 */
export const script = `(function(){var d=document,A=function(s){return[].slice.call(d.querySelectorAll(s))},$=function(i){return d.getElementById(i)};
d.documentElement.classList.add("js");
var R=A("input[name=hm]"),H=A(".hm");
function pick(v){H.forEach(function(e){e.hidden=e.getAttribute("data-hm")!==v})}
R.forEach(function(r){r.addEventListener("change",function(){pick(r.value)});if(r.checked)pick(r.value)});
var T=$("rk");if(!T)return;
var top=6,full=false,rows=[].slice.call(T.rows),M=$("more"),F=$("fr"),C=$("cnt");
function show(){var n=0,s=0;[].forEach.call(T.rows,function(r){var out=F.checked&&!r.hasAttribute("data-d");if(!out)n++;
var cut=!out&&!full&&n>top;r.hidden=out||cut;r.className=cut?"cut":"";if(!r.hidden)s++});
M.hidden=full||n<=top;C.textContent=C.getAttribute("data-t").replace("#",s)}
function sort(k,dir,th){A(".rank th[aria-sort]").forEach(function(t){t.removeAttribute("aria-sort")});
th.setAttribute("aria-sort",dir<0?"descending":"ascending");
rows.map(function(r,i){return[r,r.cells[k].getAttribute("data-s"),i]}).sort(function(a,b){var x=+a[1],y=+b[1];
return(isNaN(x)||isNaN(y)?(a[1]<b[1]?-1:a[1]>b[1]?1:0):x-y)*dir||a[2]-b[2]}).forEach(function(e){T.appendChild(e[0])});show()}
A(".rank button").forEach(function(b){var th=b.parentNode;b.addEventListener("click",function(){
sort(+b.getAttribute("data-k"),th.getAttribute("aria-sort")==="ascending"?-1:1,th)})});
F.addEventListener("change",show);
M.addEventListener("click",function(){full=true;show();var f=T.rows[top];if(f){f.tabIndex=-1;f.focus()}});show()})();`;
