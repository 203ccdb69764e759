'use strict';

// The agent's end of one call at a time: microphone, connection to the server, what is heard of the caller. The program
// is at the other end of a QWebChannel: both say words with an object each (engine/media_page.cpp). A call has a number,
// so that late words of one that is over count for nothing.

const kStatsMillis = 2000;
const kLevelMillis = 100;
const kSilenceDecibel = -60; // shown as nothing
const kBlinkMillis = 2000; // a connection that is interrupted is given this long
const kRestartMillis = 8000; // and a renewed one this long
const kRestarts = 2; // then a new connection is wanted
const kToneSeconds = 1;

const sound = document.getElementById('sound');
const bell = document.getElementById('bell');

let program = null;
let call = 0; // 0: none
let checking = false;
let muted = false;
let wanted = {microphone: '', speaker: ''};
let connection = null;
let transceiver = null;
let microphone = null;
let silent = false; // there is no microphone to be had: a track of nothing stands for it
let context = null;
let ears = {microphone: null, caller: null}; // analysers
let restarts = 0;
let patience = 0;
let counted = {lost: 0, received: 0};

function tell(what, d = {}) {
    if (program !== null)
        program.tell(what, d);
}

// One after the other: a device that is being opened is not opened again.
let turn = Promise.resolve();
function inTurn(work) {
    turn = turn.then(work).catch((error) => {
        console.warn(String(error));
        tell('failed', {call, code: 'media_failed'});
    });
}

// ---- devices

async function named(kind) {
    const all = await navigator.mediaDevices.enumerateDevices();
    return all.filter((one) => one.kind === kind && one.label !== '' && one.deviceId !== 'default' &&
                               one.deviceId !== 'communications');
}

async function idOf(kind, name) {
    const found = name === '' ? undefined : (await named(kind)).find((one) => one.label === name);
    return found === undefined ? '' : found.deviceId;
}

async function tellDevices() {
    const names = async (kind) => [...new Set((await named(kind)).map((one) => one.label))];
    tell('devices', {microphones: await names('audioinput'), speakers: await names('audiooutput')});
}

function inputOf(id) {
    const audio = {echoCancellation: true, noiseSuppression: true, autoGainControl: true};
    if (id !== '')
        audio.deviceId = {exact: id};
    return navigator.mediaDevices.getUserMedia({audio});
}

function codeOf(error) {
    if (error.name === 'NotAllowedError' || error.name === 'SecurityError')
        return 'microphone_denied';
    if (error.name === 'NotFoundError' || error.name === 'OverconstrainedError')
        return 'microphone_missing';
    return 'microphone_busy';
}

async function openMicrophone() {
    const id = await idOf('audioinput', wanted.microphone);
    const stream = await inputOf(id);
    if (id === '' && wanted.microphone !== '') {
        const late = await idOf('audioinput', wanted.microphone); // names are told only to whoever has one already
        if (late !== '') {
            stream.getTracks().forEach((track) => track.stop());
            return (await inputOf(late)).getAudioTracks()[0];
        }
    }
    return stream.getAudioTracks()[0];
}

function nothing() {
    return audio().createMediaStreamDestination().stream.getAudioTracks()[0];
}

function dropMicrophone() {
    if (microphone === null)
        return;
    microphone.onended = null;
    microphone.stop();
    microphone = null;
    ears.microphone = null;
}

async function takeMicrophone() {
    dropMicrophone();
    try {
        microphone = await openMicrophone();
        silent = false;
    } catch (error) {
        tell('failed', {call, code: codeOf(error)});
        microphone = nothing();
        silent = true;
    }
    microphone.enabled = !muted;
    microphone.onended = () => inTurn(() => replaceMicrophone(true));
    ears.microphone = earOf(new MediaStream([microphone]));
    if (transceiver !== null)
        await transceiver.sender.replaceTrack(microphone);
    await tellDevices();
}

async function replaceMicrophone(pulled) {
    if (call === 0 && !checking)
        return;
    await takeMicrophone();
    if (pulled)
        tell('switched', {kind: 'microphone', name: silent ? '' : microphone.label});
}

async function takeSpeaker() {
    const id = await idOf('audiooutput', wanted.speaker);
    const pulled = sound.sinkId !== '' && id === '';
    for (const out of [sound, bell])
        if (out.sinkId !== id)
            await out.setSinkId(id);
    if (pulled) {
        const left = await named('audiooutput');
        tell('switched', {kind: 'speaker', name: left.length === 0 ? '' : left[0].label});
    }
}

// Something was plugged in or pulled out. What was wanted and is there again is taken again.
async function onDevices() {
    await tellDevices();
    if (call === 0 && !checking)
        return;
    await takeSpeaker();
    const id = await idOf('audioinput', wanted.microphone);
    const other = id !== '' && microphone !== null && microphone.getSettings().deviceId !== id;
    const some = (await navigator.mediaDevices.enumerateDevices()).some((one) => one.kind === 'audioinput');
    if (other || (silent && some))
        await replaceMicrophone(true);
}

async function choose(d) {
    const before = wanted;
    wanted = {microphone: d.microphone, speaker: d.speaker};
    if (call === 0 && !checking)
        return;
    if (before.microphone !== wanted.microphone)
        await replaceMicrophone(false);
    await takeSpeaker();
}

// ---- levels

function audio() {
    if (context === null)
        context = new AudioContext();
    return context;
}

function earOf(stream) {
    const ear = audio().createAnalyser();
    ear.fftSize = 1024;
    audio().createMediaStreamSource(stream).connect(ear);
    return ear;
}

function levelOf(ear) {
    if (ear === null)
        return 0;
    const samples = new Float32Array(ear.fftSize);
    ear.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    const decibel = 10 * Math.log10(Math.max(power, 1e-12));
    return Math.min(1, Math.max(0, 1 - decibel / kSilenceDecibel));
}

setInterval(() => {
    if (call !== 0 || checking)
        tell('levels', {microphone: muted ? 0 : levelOf(ears.microphone), speaker: levelOf(ears.caller)});
}, kLevelMillis);

async function playTone() {
    const out = audio().createMediaStreamDestination();
    const wave = audio().createOscillator();
    const loudness = audio().createGain();
    wave.frequency.value = 660;
    loudness.gain.value = 0.25;
    wave.connect(loudness).connect(out);
    bell.srcObject = out.stream;
    await takeSpeaker();
    wave.start();
    wave.stop(audio().currentTime + kToneSeconds);
    await bell.play();
}

// ---- the connection

// What the telephone has: nothing else is offered, so that nothing has to be transcoded.
function codecs() {
    const order = ['audio/PCMA', 'audio/PCMU', 'audio/telephone-event'];
    const place = (codec) => order.indexOf(codec.mimeType);
    return RTCRtpReceiver.getCapabilities('audio').codecs
        .filter((codec) => place(codec) >= 0 && codec.clockRate === 8000)
        .sort((a, b) => place(a) - place(b));
}

// The server needs none of our candidates: nothing is waited for.
async function offer(restart) {
    if (connection === null)
        return;
    await connection.setLocalDescription(await connection.createOffer({iceRestart: restart}));
    tell('offer', {call, sdp: connection.localDescription.sdp});
}

function again() {
    clearTimeout(patience);
    if (restarts++ < kRestarts) {
        patience = setTimeout(again, kRestartMillis);
        inTurn(() => offer(true));
    } else {
        tell('lost', {call});
    }
}

function onState(state) {
    if (state === 'connected') {
        clearTimeout(patience);
        restarts = 0;
        tell('up', {call});
    } else if (state === 'disconnected') {
        clearTimeout(patience);
        patience = setTimeout(again, kBlinkMillis);
    } else if (state === 'failed') {
        again();
    }
}

function hear(track) {
    const stream = new MediaStream([track]);
    sound.srcObject = stream; // also makes it flow to the analyser
    ears.caller = earOf(stream);
}

function end() {
    clearTimeout(patience);
    restarts = 0;
    counted = {lost: 0, received: 0};
    if (connection !== null) {
        connection.onconnectionstatechange = null;
        connection.close();
    }
    connection = transceiver = ears.caller = null;
    sound.srcObject = null;
}

async function start(d) {
    end();
    call = d.call;
    muted = d.muted;
    wanted = {microphone: d.microphone, speaker: d.speaker};
    if (microphone === null || silent)
        await takeMicrophone();
    microphone.enabled = !muted;
    await takeSpeaker();
    const made = new RTCPeerConnection({bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require'});
    made.onconnectionstatechange = () => onState(made.connectionState);
    made.ontrack = (event) => hear(event.track);
    connection = made;
    transceiver = made.addTransceiver(microphone, {direction: 'sendrecv'});
    transceiver.setCodecPreferences(codecs());
    await offer(false);
}

async function answer(d) {
    if (d.call !== call || connection === null || connection.signalingState !== 'have-local-offer')
        return;
    await connection.setRemoteDescription({type: 'answer', sdp: d.sdp});
}

function rest() {
    if (call !== 0 || checking)
        return;
    dropMicrophone();
    if (context !== null)
        context.close();
    context = null;
    ears = {microphone: null, caller: null};
}

function stop() {
    end();
    call = 0;
    rest();
}

async function check(d) {
    checking = d.on;
    if (!checking)
        return rest();
    if (microphone === null || silent)
        await takeMicrophone();
    await takeSpeaker();
    await tellDevices();
}

function mute(d) {
    muted = d.on;
    if (microphone !== null)
        microphone.enabled = !muted;
}

// Keys that are still to be sent stay before it.
function press(d) {
    const keys = transceiver === null ? null : transceiver.sender.dtmf;
    if (keys !== null && keys.canInsertDTMF)
        keys.insertDTMF(keys.toneBuffer + d.key, 100, 70);
}

setInterval(async () => {
    if (connection === null || connection.connectionState !== 'connected')
        return;
    const of = call;
    let heard = null;
    let pair = null;
    (await connection.getStats()).forEach((one) => {
        if (one.type === 'inbound-rtp' && one.kind === 'audio')
            heard = one;
        if (one.type === 'candidate-pair' && one.nominated && one.state === 'succeeded')
            pair = one;
    });
    if (heard === null || of !== call)
        return;
    const lost = Math.max(0, heard.packetsLost - counted.lost);
    const all = lost + Math.max(0, heard.packetsReceived - counted.received);
    counted = {lost: heard.packetsLost, received: heard.packetsReceived};
    const trip = pair === null ? undefined : pair.currentRoundTripTime;
    tell('quality', {
        call,
        loss: all === 0 ? 0 : 100 * lost / all,
        jitter: Math.round(1000 * heard.jitter),
        trip: trip === undefined ? -1 : Math.round(1000 * trip),
    });
}, kStatsMillis);

// ---- the program

const words = {
    start,
    answer,
    choose,
    check,
    mute,
    stop,
    key: press,
    tone: playTone,
    renew: (d) => d.call === call ? offer(true) : undefined,
};

new QWebChannel(qt.webChannelTransport, (channel) => {
    program = channel.objects.program;
    program.told.connect((what, d) => {
        if (words[what] !== undefined)
            inTurn(() => words[what](d));
    });
    navigator.mediaDevices.addEventListener('devicechange', () => inTurn(onDevices));
    tell('ready');
});
