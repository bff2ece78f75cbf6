/// How the page looks: light and dark as the reader has it, on paper, on a telephone.
///
/// Text has a contrast of 4.5 and more on its ground; what has a colour has a mark, a shape or a word as well.
enum HTMLStyle {
  static let css = """
    :root{--bg:#f6f6f3;--card:#fff;--tx:#1b1f24;--mu:#555d68;--li:#dcdfe3;--pass:#0a6b4b;--fail:#b3261e;--skip:#775800;\
    --inv:#6a3bbf;--acc:#1f5fa8;--ms:#d3e5fa;--mst:#11365f;--msl:#3f7cbf;--cu:#e6dcfa;--cul:#7a5bb8;--ky:#ffc26b;\
    --kyt:#3a2500;--kyl:#a86400;--rg:#7b8794;--tk:#e4e8ec;--grid:#eceef0;--cap:#f6f7f8;--pre:#f4f4f1}
    @media (prefers-color-scheme:dark){:root{--bg:#121518;--card:#1b2025;--tx:#e7eaee;--mu:#a8b1bc;--li:#353d46;\
    --pass:#5fd6a8;--fail:#ff8f85;--skip:#e9c35f;--inv:#c5a8ff;--acc:#7db8f7;--ms:#213f5f;--mst:#dcebff;--msl:#6ba7e6;\
    --cu:#3a2e58;--cul:#a98be6;--ky:#d9932f;--kyt:#1b1000;--kyl:#f3bd6d;--rg:#8592a0;--tk:#2c333b;--grid:#262d34;\
    --cap:#20262c;--pre:#15191d}}
    *{box-sizing:border-box}
    html{scroll-padding-top:4.5rem}
    body{margin:0 auto;max-width:70rem;padding:2rem 1.25rem 4rem;background:var(--bg);color:var(--tx);\
    font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
    code,pre,.pa,.pp,.id{font-family:ui-monospace,"SF Mono","Cascadia Mono","DejaVu Sans Mono",Menlo,monospace}
    [hidden]{display:none!important}
    .defs{position:absolute}
    a{color:var(--acc)}
    :focus-visible{outline:3px solid var(--acc);outline-offset:2px;border-radius:4px}
    .brand{margin:0;color:var(--mu);font-size:.8125rem;letter-spacing:.08em;text-transform:uppercase}
    h1{margin:.1em 0 .6em;font-size:clamp(1.6rem,5vw,2.25rem);line-height:1.15;letter-spacing:-.015em;font-weight:680}
    header.bad h1 .mark{color:var(--fail)} header.good h1 .mark{color:var(--pass)}
    h2{margin:2.25rem 0 .75rem;font-size:1.125rem;font-weight:650}
    .stop{margin:0 0 1rem;padding:.6rem .9rem;border-left:4px solid var(--skip);background:var(--card);border-radius:4px}
    .tiles{display:flex;flex-wrap:wrap;gap:.4rem 1.6rem;margin:0 0 .7rem;padding:0;list-style:none;color:var(--mu)}
    .tiles b{font-size:1.25rem;font-weight:650;font-variant-numeric:tabular-nums;color:var(--tx)}
    .tiles .mark{margin-right:.35em;font-weight:700}
    .passed>.mark,td .mark,.passed>summary>.mark,.passed>summary>.st{color:var(--pass)}
    .failed>.mark,.failed td .mark,.failed>summary>.mark,.failed>summary>.st{color:var(--fail)}
    .skipped>.mark,.skipped td .mark,.skipped>summary>.mark,.skipped>summary>.st{color:var(--skip)}
    .invalid>.mark,.invalid h3 .mark{color:var(--inv)}
    .tiles .none,.tiles .none b,.tiles .none .mark{color:var(--mu)}
    .bar{display:flex;gap:2px;height:8px;margin:0 0 1.25rem;border-radius:4px;overflow:hidden}
    .bar i{min-width:5px;background:var(--pass)} .bar .failed{background:var(--fail)}
    .bar .skipped{background:var(--skip)} .bar .invalid{background:var(--inv)}
    .facts{display:flex;flex-wrap:wrap;gap:.3rem 1.6rem;margin:0;font-size:.875rem}
    .facts div{display:flex;gap:.5em} .facts dt{color:var(--mu)} .facts dd{margin:0;font-variant-numeric:tabular-nums}
    .slow{margin-top:1.25rem;font-size:.9375rem} .slow ol{margin:.5rem 0 0;padding:0;list-style:none}
    .slow li{display:flex;gap:.8em;padding:.1rem 0} .slow .nu{flex:0 0 8.5rem}
    .nu,.le,time{font-variant-numeric:tabular-nums} .nu{text-align:right}
    summary{cursor:pointer}
    .tools{position:sticky;top:0;z-index:2;display:flex;flex-wrap:wrap;align-items:center;gap:.6rem 1rem;\
    margin:1.5rem -1.25rem 0;padding:.7rem 1.25rem;background:var(--bg);border-bottom:1px solid var(--li)}
    .tools fieldset{display:flex;flex-wrap:wrap;margin:0;padding:0;border:1px solid var(--li);border-radius:8px;\
    background:var(--card)}
    .tools legend,.find span{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    .tools fieldset label{position:relative;cursor:pointer}
    .tools input[type=radio]{position:absolute;inset:0;margin:0;opacity:0;cursor:pointer}
    .tools fieldset span{display:block;padding:.35rem .75rem;border-radius:7px;font-size:.9375rem}
    .tools fieldset b{font-weight:500;color:var(--mu);font-variant-numeric:tabular-nums}
    .tools input:checked+span{background:var(--acc);color:var(--card)} .tools input:checked+span b{color:inherit}
    .tools input:focus-visible+span{outline:3px solid var(--acc);outline-offset:2px}
    .find{flex:1 1 12rem} .find input{width:100%;padding:.42rem .7rem;font:inherit;color:inherit;background:var(--card);\
    border:1px solid var(--rg);border-radius:8px} .find input::placeholder{color:var(--mu);opacity:1}
    .tools output{color:var(--mu);font-size:.875rem;font-variant-numeric:tabular-nums}
    .case{margin:0 0 .5rem;background:var(--card);border:1px solid var(--li);border-left:4px solid var(--pass);\
    border-radius:8px}
    .case.failed{border-left-color:var(--fail)} .case.skipped{border-left-color:var(--skip)}
    .case.invalid{border-left-color:var(--inv);padding:.6rem 1rem}
    .case.invalid h3{margin:0 0 .5rem;font-size:1rem;overflow-wrap:anywhere}
    .case>summary{display:grid;grid-template-columns:1.1rem 3.6rem minmax(0,1fr) auto 6.5rem;gap:0 .6rem;\
    align-items:baseline;padding:.55rem 1rem;list-style:none;border-radius:8px}
    .case>summary::-webkit-details-marker{display:none}
    .case>summary:hover h3{text-decoration:underline;text-underline-offset:3px}
    .case>summary .mark{font-weight:700} .case>summary .st{font-size:.8125rem}
    .case>summary h3{margin:0;font-size:1rem;font-weight:560;overflow-wrap:anywhere}
    .nm{color:var(--mu);font-weight:400}
    .rs{font-size:.875rem;color:var(--mu)} .le{grid-column:5;text-align:right;font-size:.875rem;color:var(--mu)}
    .case>summary .pa{grid-column:3/-1} .pa,.pp{font-size:.8125rem;color:var(--mu);overflow-wrap:anywhere}
    .in{padding:0 1rem 1rem} .in>*{margin:.75rem 0 0}
    .pb>p{margin:.2rem 0} .pm{font-size:1.0313rem} .failed .pm b,.invalid .pm b{color:var(--fail)}
    .id{font-size:.8125rem;color:var(--mu)}
    pre{margin:.5rem 0;padding:.7rem .9rem;overflow-x:auto;background:var(--pre);border:1px solid var(--li);\
    border-radius:6px;font-size:.875rem;line-height:1.5}
    .no{color:var(--mu);user-select:none} .ca{color:var(--fail);font-weight:700}
    .pb dl{display:grid;grid-template-columns:auto 1fr;gap:.15rem .8rem;margin:.4rem 0;font-size:.9375rem}
    .pb dt{color:var(--mu)} .pb dd{margin:0;overflow-wrap:anywhere}
    .sc{overflow-x:auto;border-radius:6px} .tl{display:block;width:100%;min-width:44rem;height:auto;\
    font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;fill:var(--tx)}
    .tl .ln{fill:var(--mu)} .tl .ax{stroke:var(--rg);fill:none} .tl .tk{stroke:var(--grid);fill:none}
    .tl .at{fill:var(--mu);text-anchor:middle;font-size:11px} .tl .bk{stroke:var(--tx);stroke-width:1.5;fill:none}
    .tl .bt{fill:var(--mu);text-anchor:middle;font-size:11px;paint-order:stroke;stroke:var(--card);stroke-width:4px}
    .ha{stroke:var(--rg);stroke-width:2.5} .tl .rg{fill:url(#hatch);stroke:var(--rg)} .tl .tk2{fill:var(--tk);stroke:var(--rg)}
    .tl .pl.rg{fill:var(--card);stroke:none} .tl .pl.tk2{fill:none;stroke:none} .tl .sm{text-anchor:middle;font-size:11px;fill:var(--tx)}
    .tl .ms{fill:var(--ms);stroke:var(--msl)} .tl .cu{fill:var(--cu);stroke:var(--cul)} .tl .mt{fill:var(--mst)}\
    .tl .op{stroke-dasharray:4 3}
    .tl .ct{stroke:var(--kyl);stroke-width:2.5;fill:none}
    .tl .ky{fill:var(--ky);stroke:var(--kyl)} .tl .kt{text-anchor:middle;font-weight:700;font-size:13px;fill:var(--kyt)}
    .tl .wr{stroke:var(--fail);stroke-width:2.5;fill:none} .tl .sm2{font-size:11px;fill:var(--mu)}
    .tl .mk{fill:var(--rg)} .tl .mk.page{fill:var(--msl)}
    .tl .fg rect{fill:var(--pass)} .tl .fb rect{fill:var(--fail)} .tl .fg path,.tl .fb path{stroke:var(--pass);\
    stroke-width:1.5;fill:none} .tl .fb path{stroke:var(--fail)} .tl .fg text,.tl .fb text{fill:var(--card);font-weight:600}
    .tl .now{stroke:var(--acc);stroke-width:2}
    .cp>summary{color:var(--mu);font-size:.9375rem}
    .cp ol{margin:.5rem 0 0;padding:.5rem .9rem;list-style:none;background:var(--cap);border-radius:6px;font-size:.9375rem}
    .cp li{display:grid;grid-template-columns:5rem minmax(0,1fr);gap:.8rem;padding:.12rem 0;overflow-wrap:anywhere}
    .cp time{color:var(--mu);text-align:right} .cp q{display:block;color:var(--tx);font-style:italic;max-width:38rem}
    .cp .heard{font-weight:560} .cp .heard q{font-weight:400} .cp .good{color:var(--pass);font-weight:600}
    .cp .bad{color:var(--fail);font-weight:600} .cp .quiet,.cp .written{color:var(--mu)} .cp .key span{font-weight:600}
    .trace em{display:block;color:var(--mu)} .trace .on{background:var(--ms);color:var(--mst);border-radius:4px}
    .trace .on em,.trace .on time{color:inherit}
    .ctl{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem} .ctl button{min-width:2.6rem;padding:.3rem .7rem;\
    font:inherit;color:inherit;background:var(--card);border:1px solid var(--rg);border-radius:6px;cursor:pointer}
    .ctl button:hover{border-color:var(--acc)} .ctl input{flex:1 1 10rem;accent-color:var(--acc)}
    .say{margin:.6rem 0;padding:.7rem .9rem;background:var(--cap);border-radius:6px;min-height:4.2rem} .say p{margin:0}
    .say em{display:block;color:var(--mu)}
    .ft{display:flex;flex-wrap:wrap;gap:.4rem .5rem;align-items:center;font-size:.8125rem}
    .tag,.rule{padding:.05rem .5rem;border:1px solid var(--li);border-radius:1rem;color:var(--mu)}
    .rr{flex:1 1 100%;color:var(--mu);overflow-wrap:anywhere} .rr code{color:var(--tx);user-select:all}
    table{width:100%;border-collapse:collapse;font-size:.9375rem;background:var(--card)} th,td{padding:.35rem .6rem;\
    text-align:left;vertical-align:top;border-bottom:1px solid var(--li)} th{font-weight:600} td{overflow-wrap:anywhere}
    .empty{padding:2rem;text-align:center;color:var(--mu)} footer{margin-top:3rem;color:var(--mu);font-size:.8125rem}
    .large .case{content-visibility:auto;contain-intrinsic-size:auto 4rem}
    @media (max-width:40rem){body{padding:1.25rem .9rem 3rem}.tools{position:static;margin:1.25rem 0 0;padding:.7rem 0}\
    .case>summary{grid-template-columns:1.1rem minmax(0,1fr) auto;padding:.6rem .8rem}.case>summary .st{position:absolute;\
    width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.case>summary h3{grid-column:2/-1}.rs{grid-column:2}\
    .le{grid-column:3}.case>summary .pa{grid-column:2/-1}.in{padding:0 .8rem .9rem}.cp li{grid-template-columns:3.4rem minmax(0,1fr)}\
    .cp ol{padding:.5rem}.tools fieldset span{padding:.45rem .6rem}.slow .nu{flex-basis:6rem}}
    @media print{body{max-width:none;padding:0;background:#fff;font-size:10.5pt}.tools,.ctl,.say,footer{display:none}\
    .case{break-inside:avoid-page}.case,.bar i,.tl *{print-color-adjust:exact;-webkit-print-color-adjust:exact}\
    .sc{overflow:visible}.tl{min-width:0}}
    @media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
    """
}
